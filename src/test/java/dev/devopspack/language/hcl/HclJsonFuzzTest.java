package dev.devopspack.language.hcl;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HclJsonFuzzTest {

    private static final int MUTANTS = 2_000;

    private static final String SEED = HclJsonFuzz.SEED;

    @Test
    void seedIsAGoodModule() {
        assertTrue(HclJsonFuzz.read(SEED).isEmpty(), () -> HclJsonFuzz.read(SEED).toString());
    }

    @Test
    void noMutantMakesTheReaderThrow() {
        HclJsonFuzz fuzz = new HclJsonFuzz(7);
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(SEED);
            assertDoesNotThrow(() -> HclJsonFuzz.read(mutant), mutant);
        }
    }
}
