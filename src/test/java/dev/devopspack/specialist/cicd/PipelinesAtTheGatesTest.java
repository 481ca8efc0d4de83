package dev.devopspack.specialist.cicd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a pipeline's workflows leave our own rules to say.
class PipelinesAtTheGatesTest {

    /// Releases depend on nothing that is typed when they start: a return to an earlier release
    /// names it, and nothing else can. It checks that the release was one.
    private static final String TYPED_AT_START = "DP-GHA-020";

    @Test
    void noRuleFindsAnythingButThatARollbackNamesItsRelease() {
        Scan scan = new Scan(RuleCatalog.builtIn());
        List<String> said = new ArrayList<>();
        for (Map<String, Object> input : Pipelines.combinations()) {
            Artifacts files = Pipelines.proposal(input).artifacts();
            ScanResult result = scan.of(files);

            assertEquals(List.of(), result.unreadable(), input::toString);
            assertEquals(List.of(), result.errors(), input::toString);
            assertEquals(List.of(), result.unknowns(), input::toString);
            assertTrue(
                    result.tallies().stream().mapToInt(ScanResult.Tally::passed).sum() > 15,
                    () -> "the rules looked at little of " + input);
            result.findings().stream()
                    .filter(finding ->
                            !(finding.rule().equals(TYPED_AT_START)
                                    && finding.file().equals(PipelineFiles.ROLLBACK)))
                    .forEach(finding -> said.add(input + " " + finding));
        }
        assertEquals(List.of(), said);
    }
}
