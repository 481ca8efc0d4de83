package dev.devopspack.intake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TaskFuzzTest {

    private static final int MUTANTS = 3_000;

    private static final String SEED =
            """
            task:
              type: devops.terraform
              environment: production
              input:
                name: payments
                regions: [eu-central-1, "eu-west-1"]
                size: {min: 1, max: 3}
            """;

    @Test
    void seedIsATask() {
        assertTrue(TaskFuzz.read(SEED).isEmpty(), () -> TaskFuzz.read(SEED).toString());
    }

    @Test
    void noMutantMakesTheReaderThrow() {
        TaskFuzz fuzz = new TaskFuzz(7);
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(SEED);
            assertDoesNotThrow(() -> TaskFuzz.read(mutant), mutant);
        }
    }
}
