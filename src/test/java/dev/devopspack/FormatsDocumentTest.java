package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.policy.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the written-down formats against the program.
class FormatsDocumentTest {

    @Test
    void theVerdictsVectorIsWhatTheProgramDigests() throws IOException {
        Verdict verdict =
                new Verdict(
                        GateId.SECURITY,
                        new Digest("sha256:" + "1".repeat(64)),
                        new Digest("sha256:" + "2".repeat(64)),
                        new Score(282, 282),
                        95,
                        List.of(),
                        List.of(
                                new Verdict.Check(
                                        "critical", "Critical", Verdict.Check.Result.PASSED, "")),
                        "",
                        new Verdict.Status.Passed());

        String digest = new Verdicts(List.of(verdict)).digest().value();

        String page = Files.readString(Path.of("docs/formats.md"));
        assertTrue(page.contains("\n" + digest + "\n"), digest);
    }
}
