package dev.devopspack.policy.kubernetes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KustomizeFuzzTest {

    private static final int MUTANTS = 1_000;

    @Test
    void seedIsAGoodTree() throws IOException {
        SubjectReader.Reading reading = KustomizeFuzz.read(KustomizeFuzz.seed());

        assertEquals(List.of(), reading.problems());
        assertEquals(
                List.of("Deployment.live.web", "Service.live.web"),
                reading.subjects().stream().map(Subject::address).distinct().toList());
        assertEquals(
                1,
                reading.subjects().stream()
                        .filter(subject -> subject.kind().equals("kubernetes/Container"))
                        .count());
    }

    @Test
    void noMutantMakesTheReaderThrow() throws IOException {
        KustomizeFuzz fuzz = new KustomizeFuzz(7);
        String seed = KustomizeFuzz.seed();
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(seed);
            assertDoesNotThrow(() -> KustomizeFuzz.read(mutant), mutant);
        }
    }
}
