package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.ComplianceProfile.Control;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComplianceProfilesTest {

    /// Which of a profile's ids a rule may carry, by the name that rules use.
    private static final Map<String, String> FRAMEWORKS =
            Map.of(
                    "cis-aws", "cis-aws-5",
                    "cis-azure", "cis-azure-4",
                    "cis-gcp", "cis-gcp-4",
                    "cis-kubernetes", "cis-kubernetes",
                    "nist-800-53", "nist-800-53",
                    "pci-dss", "pci-dss-4",
                    "soc2", "soc2");

    private static final RuleCatalog RULES = RuleCatalog.builtIn();
    private static final ComplianceProfiles PROFILES = new ComplianceProfiles(RULES);

    @Test
    void everyIdThatARuleCarriesIsAControlThatTheRuleBelongsTo() {
        FRAMEWORKS.forEach((name, framework) -> {
            ComplianceProfile profile = PROFILES.find(name, "test");
            TreeSet<String> lost = new TreeSet<>();
            for (Rule rule : RULES.rules()) {
                for (String id : rule.controls().getOrDefault(framework, List.of())) {
                    boolean has =
                            profile.control(id)
                                    .filter(control -> control.rules().contains(rule.id()))
                                    .isPresent();
                    if (!has) {
                        lost.add(rule.id() + " carries " + id);
                    }
                }
            }
            assertEquals(new TreeSet<>(), lost, name);
        });
    }

    @Test
    void aControlHasRulesOrSaysWhyNot() {
        for (String name : PROFILES.names()) {
            List<String> silent =
                    PROFILES.find(name, "test").controls().stream()
                            .filter(control -> !control.automated())
                            .filter(control -> control.unseen().isEmpty())
                            .map(Control::id)
                            .toList();
            assertEquals(List.of(), silent, name);
        }
    }

    @Test
    void thePageSaysWhatIsCoveredAndWhatIsNot() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Compliance profiles

                        Which controls of which framework the rules say something of, and why the rest is not evaluated. This page is
                        written from the profiles by a test: `./mvnw test -Dgolden=update` rewrites it. The descriptions are our own
                        short words; the text of a control is in its framework.

                        The baseline always judges. `devopspack.compliance.profiles` adds others to the gate by environment
                        ([configuration](configuration.md)); `compliance_checking` of the [security agent](security.md) judges by any
                        of them. A rule belongs to a control whose id it carries, also a rule of your own.

                        | profile | framework | controls | with rules or evidence | coverage |
                        |---|---|---|---|---|
                        """);
        for (String name : PROFILES.names()) {
            ComplianceProfile profile = PROFILES.find(name, "test");
            page.append(
                    "| [`%s`](#%s) | %s | %d | %d | %s |%n"
                            .formatted(
                                    name,
                                    name,
                                    profile.title(),
                                    profile.controls().size(),
                                    profile.automated(),
                                    new Score(profile.automated(), profile.controls().size())
                                            .text()));
        }
        page.append(
                """

                ## The gate sees what it claims to see

                ```sh
                devops-pack prove-compliance            # or some: prove-compliance cis-aws soc2 --each
                ```

                injects one violation for each control that has rules or evidence into files that meet it, lets the gate judge, and
                counts those that it sees. The violations are the rules' own failing examples. Each must turn its control and, beside
                it, only those that share the rule; where one fact violates controls by several rules, the rules are named. The exit
                code is 0 only at 100 %. A test runs the same and keeps what it prints in
                `src/test/resources/golden/security/proof.txt`.
                """);
        PROFILES.names().forEach(name -> page.append(section(PROFILES.find(name, "test"))));

        Golden.assertDocument("compliance.md", page.toString());
    }

    private static String section(ComplianceProfile profile) {
        StringBuilder text = new StringBuilder("\n## " + profile.name() + "\n\n");
        text.append(profile.title()).append(". ").append(profile.about()).append("\n\n");
        text.append("| control | what it asks | judged by |\n|---|---|---|\n");
        for (Control control : profile.controls()) {
            if (control.automated()) {
                text.append("| ")
                        .append(control.id())
                        .append(" | ")
                        .append(control.title())
                        .append(" | ")
                        .append(judgedBy(control))
                        .append(" |\n");
            }
        }
        Map<String, List<String>> reasons =
                profile.controls().stream()
                        .filter(control -> !control.automated())
                        .collect(
                                Collectors.groupingBy(
                                        control -> control.unseen().orElseThrow(),
                                        LinkedHashMap::new,
                                        Collectors.mapping(Control::id, Collectors.toList())));
        if (!reasons.isEmpty()) {
            text.append("\nNot evaluated:\n\n");
            reasons.forEach((why, ids) ->
                    text.append("- ")
                            .append(why)
                            .append(": ")
                            .append(String.join(", ", ids))
                            .append('\n'));
        }
        return text.toString();
    }

    private static String judgedBy(Control control) {
        if (control.evidence().isPresent()) {
            return "evidence: " + control.evidence().get().label();
        }
        List<String> rules = control.rules();
        return rules.size() > 6
                ? String.join(", ", rules.subList(0, 5)) + " and " + (rules.size() - 5) + " more"
                : String.join(", ", rules);
    }

    @Test
    void anUnknownProfileIsRefusedWithTheNearest() {
        InvalidInput refused =
                assertThrows(InvalidInput.class, () -> PROFILES.find("cis-was", "/input/profile"));

        assertTrue(refused.mend().startsWith("Did you mean 'cis-aws'?"), refused::mend);
    }

    @Test
    void aRuleOfTheUsersOwnJoinsTheControlWhoseIdItCarries() {
        Rule rule =
                RuleCatalog.read(
                        "own.yaml",
                        """
                        id: ACME-001
                        title: Buckets have an owner
                        why: Somebody must answer.
                        severity: low
                        subject: terraform/aws_s3_bucket
                        require: "self.at('tags.owner') != null"
                        message: no owner
                        mend: Add the tag.
                        controls:
                          acme: ["7"]
                        examples:
                          - fails: {text: 'resource "aws_s3_bucket" "a" {}'}
                          - passes: {text: 'resource "aws_s3_bucket" "a" { tags = { owner = "x" } }'}
                        """
                                .getBytes(StandardCharsets.UTF_8));
        RuleCatalog catalog = RuleCatalog.of(rule);
        ComplianceProfile profile =
                ComplianceProfile.read(
                        "acme.yaml",
                        """
                        profile: acme
                        title: Acme
                        framework: acme
                        reasons: {people: what people do}
                        controls:
                          - {id: "7", title: Things have owners}
                          - {id: "8", title: People are kind, unseen: people}
                        """
                                .getBytes(StandardCharsets.UTF_8),
                        catalog);

        ComplianceAssessment assessment =
                ComplianceAssessment.of(
                        profile,
                        new Scan(catalog)
                                .of(
                                        Artifacts.of(
                                                Artifact.of(
                                                        "main.tf",
                                                        "resource \"aws_s3_bucket\" \"a\" {}\n"))),
                        evidence -> new ControlState.NotEvaluated("none"));

        assertEquals(
                List.of(
                        "7 VIOLATED 1 of 1 evaluations failed: ACME-001",
                        "8 NOT_EVALUATED what people do"),
                assessment.controls().stream()
                        .map(judged ->
                                judged.control().id()
                                        + " "
                                        + judged.state().label()
                                        + " "
                                        + judged.state().why())
                        .toList());
        assertEquals(
                List.of(new Score(0, 1), new Score(1, 2)),
                List.of(assessment.conformance().orElseThrow(), assessment.coverage()));
    }

    @Test
    void aControlWithoutRulesAndReasonIsRefusedWithItsPlace() {
        InvalidInput refused =
                assertThrows(
                        InvalidInput.class,
                        () ->
                                ComplianceProfile.read(
                                        "acme.yaml",
                                        """
                                        profile: acme
                                        title: Acme
                                        framework: acme
                                        controls:
                                          - {id: "7", title: Things have owners}
                                        """
                                                .getBytes(StandardCharsets.UTF_8),
                                        RULES));

        assertTrue(refused.where().startsWith("acme.yaml:5:"), refused::where);
    }
}
