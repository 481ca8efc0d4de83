package dev.devopspack.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.policy.ComplianceProfile.Control;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComplianceProofTest {

    private static final RuleCatalog RULES = RuleCatalog.builtIn();
    private static final ComplianceProfiles PROFILES = new ComplianceProfiles(RULES);

    @Test
    void eachViolationOfTheBaselineTurnsItsControlAlone() {
        ComplianceProof.Proven proven = new ComplianceProof(RULES, PROFILES).of("baseline");

        assertEquals(
                PROFILES.baseline().controls().stream().map(Control::id).toList(),
                proven.injections().stream()
                        .filter(ComplianceProof.Injection::exact)
                        .map(ComplianceProof.Injection::control)
                        .toList());
        assertTrue(proven.holds());
    }

    @Test
    void aRuleOfTheUsersOwnIsProvenByItsOwnExamples(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("own.yaml"),
                """
                id: ACME-001
                title: Topics have an owner
                why: Somebody must answer.
                severity: low
                subject: terraform/aws_sns_topic
                require: "self.at('tags.owner') == 'ann'"
                message: no owner
                mend: Add the tag.
                controls: {cis-aws-5: ["1.1"]}
                examples:
                  - fails: {text: 'resource "aws_sns_topic" "a" { tags = { owner = "nobody" } }'}
                  - passes: {text: 'resource "aws_sns_topic" "a" { tags = { owner = "ann" } }'}
                """);
        RuleCatalog own = RULES.with(folder);

        ComplianceProof.Proven proven =
                new ComplianceProof(own, new ComplianceProfiles(own)).of("cis-aws");

        assertEquals(
                List.of(
                        new ComplianceProof.Injection(
                                "1.1", "ACME-001", true, List.of(), List.of())),
                proven.injections().stream()
                        .filter(injection -> injection.control().equals("1.1"))
                        .toList());
    }
}
