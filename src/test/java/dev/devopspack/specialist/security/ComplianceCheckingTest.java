package dev.devopspack.specialist.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.InMemoryChangeSets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComplianceCheckingTest {

    private static final Map<String, Object> BUCKETS =
            MixedFiles.file(
                    "main.tf",
                    """
                    resource "aws_db_instance" "data" {
                      identifier          = "data"
                      instance_class      = "db.t4g.medium"
                      storage_encrypted   = true
                      publicly_accessible = false
                    }

                    resource "aws_db_instance" "copy" {
                      identifier          = "copy"
                      instance_class      = "db.t4g.medium"
                      storage_encrypted   = false
                      publicly_accessible = var.public
                    }

                    variable "public" {
                      type = bool
                    }
                    """);

    private final ComplianceChecking checking =
            new ComplianceChecking(
                    RuleCatalog.builtIn(),
                    new ComplianceProfiles(RuleCatalog.builtIn()),
                    new InMemoryChangeSets());

    @Test
    void eachControlHasItsStateAndWhatIsBehindIt() {
        Outcome.Report report = report(Map.of("profile", "cis-aws", "files", List.of(BUCKETS)));

        Golden.assertMatches("security/cis-aws.txt", String.join("\n", report.summary()) + "\n");
    }

    @Test
    void aControlThatIsAskedForByItsIdShowsEveryResourceBehindIt() {
        Outcome.Report report =
                report(
                        Map.of(
                                "profile",
                                "cis-aws",
                                "files",
                                List.of(BUCKETS),
                                "controls",
                                List.of("2.2.3", "1.1")));

        List<?> controls = assertInstanceOf(List.class, report.facts().get("controls"));
        Map<?, ?> control =
                controls.stream()
                        .map(each -> assertInstanceOf(Map.class, each))
                        .filter(each -> each.get("id").equals("2.2.3"))
                        .findFirst()
                        .orElseThrow();
        Map<?, ?> rule =
                assertInstanceOf(
                        Map.class, assertInstanceOf(List.class, control.get("rules")).getFirst());
        assertEquals("NOT_EVALUATED", control.get("state"));
        assertEquals(
                List.of(
                        "UNKNOWN main.tf:8 aws_db_instance.copy",
                        "HELD main.tf:1 aws_db_instance.data"),
                rule.get("resources"));
        assertTrue(
                report.summary().stream()
                        .anyMatch(line -> line.startsWith("1.1 Contact details of the account")),
                report.summary()::toString);
    }

    @Test
    void filesThatHoldNothingOfAProfileAreNotCalledCompliant() {
        Outcome.Report report =
                report(
                        Map.of(
                                "profile",
                                "cis-gcp",
                                "files",
                                List.of(MixedFiles.file("readme.md", "nothing"))));

        assertEquals(null, report.facts().get("conformance"));
        assertTrue(
                report.summary().getFirst().contains("0 violated, 0 satisfied"),
                report.summary()::getFirst);
    }

    @Test
    void evidenceThatOnlyTheGateKnowsIsNotEvaluatedHere() {
        Outcome.Report report = report(Map.of("files", List.of(BUCKETS)));

        assertTrue(
                report.summary().stream()
                        .anyMatch(line ->
                                line.startsWith(
                                                "NOT_EVALUATED (not in the files:"
                                                        + " gate_compliance_audit")
                                        && line.endsWith(
                                                "BL-CHG-01, BL-CHG-02, BL-CHG-03, BL-CHG-04,"
                                                        + " BL-AUD-01")),
                report.summary()::toString);
    }

    @Test
    void aControlThatTheProfileDoesNotHaveIsRefused() {
        InvalidInput refused =
                assertThrows(
                        InvalidInput.class,
                        () -> perform(Map.of("profile", "cis-aws", "controls", List.of("9.9"))));

        assertEquals("/input/controls/0", refused.where());
    }

    private Outcome.Report report(Map<String, Object> input) {
        return assertInstanceOf(Outcome.Report.class, perform(input));
    }

    private Outcome perform(Map<String, Object> input) {
        return checking.perform(checking.read(new LinkedHashMap<>(input)), new Work(null, null));
    }
}
