package dev.devopspack.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.gate.Verdict.Check.Result;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChosenProfilesTest {

    private static final ComplianceProfiles PROFILES =
            new ComplianceProfiles(RuleCatalog.builtIn());

    private static final ComplianceGate GATE = new ComplianceGate(PROFILES.baseline());

    private final ChosenProfiles chosen =
            ChosenProfiles.of(
                    List.of("production:cis-aws", " *:soc2", "staging:hipaa", "staging:baseline"),
                    PROFILES);

    @Test
    void anEnvironmentHasItsOwnAndThoseOfAll() {
        assertEquals(
                List.of(
                        List.of("soc2", "cis-aws"),
                        List.of("soc2", "hipaa"),
                        List.of("soc2"),
                        List.of("soc2")),
                List.of(of("production"), of("staging"), of("development"), of(null)));
    }

    @Test
    void anEnvironmentThatIsNotConfiguredHasThoseOfProduction() {
        assertEquals(List.of("soc2", "cis-aws"), of("prod-eu"));
    }

    @Test
    void aMistakeIsToldAtTheStart() {
        assertEquals(
                "devopspack.compliance.profiles: 'production' is not ENVIRONMENT:PROFILE. Write for"
                        + " example production:cis-aws,*:soc2.",
                assertThrows(
                                InvalidInput.class,
                                () -> ChosenProfiles.of(List.of("production"), PROFILES))
                        .getMessage());
        assertTrue(
                assertThrows(
                                InvalidInput.class,
                                () -> ChosenProfiles.of(List.of("production:cis-asw"), PROFILES))
                        .mend()
                        .contains("cis-aws"));
    }

    @Test
    void aViolatedControlOfAChosenProfileFailsTheGate() {
        Verdict without = judge(PLAIN, List.of(), List.of());
        Verdict with = judge(PLAIN, profiles("cis-aws"), List.of());

        assertEquals("PASSED", without.statusName(), without::why);
        assertEquals("FAILED", with.statusName());
        assertEquals(
                "cis-aws 2.2.4 is violated: 1 of 1 evaluations failed: DP-AWS-RDS-005", with.why());
    }

    @Test
    void whatNoRuleCanJudgeIsListedAndCountsInTheCoverageAlone() {
        Verdict verdict = judge(PLAIN, profiles("cis-aws"), List.of());

        assertTrue(
                verdict.summary().endsWith("; cis-aws covers 40 of 63 controls"), verdict::summary);
        assertEquals(
                23,
                verdict.checks().stream()
                        .filter(check -> check.result() == Result.SKIPPED)
                        .filter(check -> check.id().startsWith("cis-aws "))
                        .count());
    }

    @Test
    void aPersonsWaiverNamesTheControlWithItsProfile() {
        ComplianceEvidence.Exemption waiver =
                new ComplianceEvidence.Exemption(
                        "cis-aws 2.2.4",
                        ComplianceEvidence.Exemption.Kind.WAIVED,
                        "ann",
                        "a cache that can be made anew",
                        Instant.parse("2030-01-01T00:00:00Z"));

        assertEquals("PASSED", judge(PLAIN, profiles("cis-aws"), List.of(waiver)).statusName());
    }

    @Test
    void aVerdictUnderOtherProfilesIsAnotherVerdict() {
        assertEquals(
                3,
                List.of(
                                judge(PLAIN, List.of(), List.of()),
                                judge(PLAIN, profiles("cis-aws"), List.of()),
                                judge(PLAIN, profiles("cis-aws", "soc2"), List.of()))
                        .stream()
                        .map(Verdict::ruleset)
                        .distinct()
                        .count());
    }

    /// It meets the baseline, and one control of CIS AWS not.
    private static final String PLAIN =
            """
            resource "aws_db_instance" "data" {
              identifier                 = "data"
              instance_class             = "db.t4g.medium"
              storage_encrypted          = true
              publicly_accessible        = false
              multi_az                   = false
              auto_minor_version_upgrade = true
              backup_retention_period    = 14
              deletion_protection        = true
            }
            """;

    private static List<ComplianceProfile> profiles(String... names) {
        return List.of(names).stream().map(name -> PROFILES.find(name, "test")).toList();
    }

    private static Verdict judge(
            String text,
            List<ComplianceProfile> profiles,
            List<ComplianceEvidence.Exemption> exemptions) {
        Artifacts artifacts = Artifacts.of(Artifact.of("main.tf", text));
        return GATE.judge(
                new GateInput(
                        Digest.of(text),
                        artifacts,
                        new Scan(RuleCatalog.builtIn()).of(artifacts),
                        new ComplianceEvidence(true, true, true, true, true, exemptions)),
                profiles);
    }

    private List<String> of(@Nullable String environment) {
        return chosen
                .of(environment == null ? null : new Environment(environment), ApprovalPolicy.TRIAL)
                .stream()
                .map(ComplianceProfile::name)
                .toList();
    }
}
