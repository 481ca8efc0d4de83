package dev.devopspack.specialist.terraform;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.specialist.BlueprintCatalog;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.Environment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a blueprint gives leaves our own rules nothing to say.
class BlueprintsAtTheGatesTest {

    private static final ConfigurationGeneration CAPABILITY =
            new ConfigurationGeneration(BlueprintCatalog.shipped("terraform"));

    @Test
    void noRuleFindsAnythingInTheExampleAndNothingStaysUnknown() {
        for (String environment : List.of("production", "staging")) {
            ScanResult scan = new Scan(RuleCatalog.builtIn()).of(files(environment));

            assertAll(
                    environment,
                    () -> assertEquals(List.of(), lines(scan.findings())),
                    () -> assertEquals(List.of(), lines(scan.unknowns())),
                    () -> assertEquals(List.of(), scan.unreadable()),
                    () -> assertEquals(List.of(), scan.errors()),
                    () ->
                            assertTrue(
                                    scan.tallies().stream().anyMatch(tally -> tally.passed() > 0),
                                    "no rule looked at anything"));
        }
    }

    private static List<String> lines(List<Finding> findings) {
        return findings.stream().map(Finding::toString).toList();
    }

    private static Artifacts files(String environment) {
        Map<String, Object> input =
                Map.of(
                        "resources",
                        List.of(Map.of("type", "eks_cluster", "name", "orders", "node_count", 3L)));
        return ((Outcome.Proposal)
                        CAPABILITY.perform(
                                CAPABILITY.read(input),
                                new Work(new Environment(environment), null)))
                .artifacts();
    }
}
