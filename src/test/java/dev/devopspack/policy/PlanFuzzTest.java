package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlanFuzzTest {

    private static final int MUTANTS = 2_000;

    /// A whole scan takes far longer.
    private static final int SCANNED_MUTANTS = 100;

    @Test
    void noMutantMakesAScanThrowOrARuleBreak() throws IOException {
        String seed = plan();
        assertTrue(PlanFuzz.read(seed).complete());
        PlanFuzz fuzz = new PlanFuzz(7);
        for (int i = 0; i < SCANNED_MUTANTS; i++) {
            String mutant = fuzz.mutant(seed);
            assertDoesNotThrow(() -> PlanFuzz.read(mutant), mutant);
        }
    }

    @Test
    void noMutantMakesTheReaderThrowOrTheMergeBreak() throws IOException {
        String seed = PlanFuzz.SEED;
        assertTrue(PlanFuzz.decides(seed));
        assertTrue(PlanFuzz.decides(plan()));
        PlanFuzz fuzz = new PlanFuzz(8);
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(seed);
            assertDoesNotThrow(() -> PlanFuzz.decides(mutant), mutant);
        }
    }

    private static String plan() throws IOException {
        try (InputStream in = PlanFuzzTest.class.getResourceAsStream("/plans/cluster.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
