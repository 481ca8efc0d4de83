package dev.devopspack.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.gate.Verdict.Check.Result;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ComplianceProfile.Control;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ComplianceGateTest {

    private static final ComplianceEvidence ALL =
            new ComplianceEvidence(true, true, true, true, true);

    /// For each control of rules a change of the good module that violates it: text and what
    /// replaces it.
    private static final Map<String, List<String>> VIOLATIONS =
            new TreeMap<>(
                    Map.ofEntries(
                            violation(
                                    "BL-SEC-01",
                                    "username = \"app\"",
                                    "username = \"app\"\n  password = \"Winter-2041-snow\""),
                            violation(
                                    "BL-IAM-01",
                                    "actions   = [\"s3:GetObject\"]",
                                    "actions   = [\"*\"]"),
                            violation(
                                    "BL-IAM-02",
                                    "\"Service\": \"ec2.amazonaws.com\"",
                                    "\"AWS\": \"*\""),
                            violation(
                                    "BL-IAM-03",
                                    "actions   = [\"s3:GetObject\"]\n    resources = [\"arn:aws:s3:::data/*\"]",
                                    "actions   = [\"iam:PassRole\"]\n    resources = [\"*\"]"),
                            violation("BL-ENC-01", "resources = [\"secrets\"]", "resources = []"),
                            violation(
                                    "BL-ENC-02",
                                    "size      = 1\n  encrypted = true",
                                    "size      = 1"),
                            violation(
                                    "BL-ENC-03",
                                    "storage_encrypted = true",
                                    "storage_encrypted = false"),
                            violation("BL-ENC-04", "kms_key_id        = aws_kms_key.main.arn", ""),
                            violation(
                                    "BL-ENC-05",
                                    "enable_key_rotation = true",
                                    "enable_key_rotation = false"),
                            violation(
                                    "BL-ENC-06",
                                    "\"AWS\": \"arn:aws:iam::111122223333:root\"",
                                    "\"AWS\": \"*\""),
                            violation(
                                    "BL-NET-01",
                                    "cidr_ipv4   = \"10.0.0.0/8\"",
                                    "cidr_ipv4   = \"0.0.0.0/0\""),
                            violation(
                                    "BL-NET-02",
                                    "publicly_accessible = false",
                                    "publicly_accessible = true"),
                            violation(
                                    "BL-NET-03",
                                    "endpoint_public_access = false",
                                    "endpoint_public_access = true\n    public_access_cidrs = [\"203.0.113.0/24\"]"),
                            violation(
                                    "BL-NET-04",
                                    "# no rules",
                                    "ingress {\n    description = \"all\"\n    protocol = \"-1\"\n    from_port = 0\n    to_port = 0\n    self = true\n  }"),
                            violation(
                                    "BL-DAT-01",
                                    "block_public_policy     = true",
                                    "block_public_policy     = false"),
                            violation(
                                    "BL-DAT-02", "status = \"Enabled\"", "status = \"Suspended\""),
                            violation(
                                    "BL-LOG-01",
                                    "vpc_id       = aws_vpc.main.id\n  traffic_type",
                                    "vpc_id       = \"vpc-other\"\n  traffic_type"),
                            violation("BL-LOG-02", ", \"scheduler\"", ""),
                            violation(
                                    "BL-LOG-03",
                                    "is_multi_region_trail      = true",
                                    "is_multi_region_trail      = false"),
                            violation(
                                    "BL-LOG-04",
                                    "retention_in_days = 365",
                                    "retention_in_days = 0"),
                            violation(
                                    "BL-HST-01",
                                    "http_tokens = \"required\"",
                                    "http_tokens = \"optional\"")));

    @Test
    void moduleThatMeetsEverythingPasses() {
        Verdict verdict = judge(good(), ALL);

        assertEquals("", verdict.why());
        assertEquals("PASSED", verdict.statusName());
        assertEquals("26/26 satisfied, 0 not applicable, 0 waived", verdict.summary());
    }

    @TestFactory
    Stream<DynamicTest> oneViolationTurnsExactlyItsControl() {
        return VIOLATIONS.entrySet().stream()
                .map(violation ->
                        DynamicTest.dynamicTest(
                                violation.getKey(),
                                () -> {
                                    String text = good();
                                    String from = violation.getValue().getFirst();
                                    String to = violation.getValue().getLast();
                                    String bad = text.replace(from, to);

                                    Verdict verdict = judge(bad, ALL);

                                    assertEquals(
                                            Set.of(violation.getKey()),
                                            violated(verdict),
                                            verdict.why());
                                    assertEquals("FAILED", verdict.statusName());
                                }));
    }

    @Test
    void everyControlOfRulesHasAViolation() {
        Set<String> controls =
                ComplianceProfile.baseline().controls().stream()
                        .filter(control -> !control.rules().isEmpty())
                        .map(Control::id)
                        .collect(Collectors.toSet());

        assertEquals(controls, VIOLATIONS.keySet());
    }

    @Test
    void eachMissingEvidenceTurnsExactlyItsControl() {
        assertEquals(
                Set.of("BL-CHG-01"),
                violated(judge(good(), new ComplianceEvidence(false, true, true, true, true))));
        assertEquals(
                Set.of("BL-CHG-02"),
                violated(judge(good(), new ComplianceEvidence(true, false, true, true, true))));
        assertEquals(
                Set.of("BL-AUD-01"),
                violated(judge(good(), new ComplianceEvidence(true, true, false, true, true))));
        assertEquals(
                Set.of("BL-CHG-03"),
                violated(judge(good(), new ComplianceEvidence(true, true, true, false, true))));
        assertEquals(
                Set.of("BL-CHG-04"),
                violated(judge(good(), new ComplianceEvidence(true, true, true, true, false))));
    }

    @Test
    void unreadableFileLeavesNothingEvaluated() {
        Verdict verdict = judge(good() + "\nresource \"a\" {", ALL);

        assertEquals("FAILED", verdict.statusName());
        assertEquals(Set.of("BL-CHG-02"), violated(verdict));
    }

    @Test
    void whatDoesNotOccurDoesNotApply() {
        Verdict verdict =
                judge("resource \"aws_ebs_volume\" \"a\" {\n  encrypted = true\n}\n", ALL);

        assertEquals("PASSED", verdict.statusName());
        assertEquals("6/6 satisfied, 20 not applicable, 0 waived", verdict.summary());
    }

    @Test
    void unknownIsNotSatisfied() {
        Verdict verdict =
                judge(
                        "variable \"on\" {}\nresource \"aws_ebs_volume\" \"a\" {\n  encrypted ="
                                + " var.on\n}\n",
                        ALL);

        assertEquals("FAILED", verdict.statusName());
        assertEquals(
                "5/6 satisfied, 20 not applicable, 0 waived, 1 not evaluated", verdict.summary());
    }

    @Test
    void waivedControlIsCountedApart() {
        ComplianceEvidence waived =
                new ComplianceEvidence(
                        true,
                        true,
                        true,
                        true,
                        true,
                        List.of(
                                new ComplianceEvidence.Exemption(
                                        "BL-ENC-02",
                                        ComplianceEvidence.Exemption.Kind.WAIVED,
                                        "ann",
                                        "migrating",
                                        Instant.parse("2027-01-01T00:00:00Z"))));

        Verdict verdict = judge("resource \"aws_ebs_volume\" \"a\" {\n}\n", waived);

        assertEquals("PASSED", verdict.statusName());
        assertEquals("5/6 satisfied, 20 not applicable, 1 waived", verdict.summary());
    }

    private static Map.Entry<String, List<String>> violation(
            String control, String from, String to) {
        return Map.entry(control, List.of(from, to));
    }

    private static Set<String> violated(Verdict verdict) {
        return verdict.checks().stream()
                .filter(check -> check.result() == Result.FAILED)
                .map(Verdict.Check::id)
                .collect(Collectors.toSet());
    }

    private static Verdict judge(String text, ComplianceEvidence evidence) {
        Artifacts artifacts = Artifacts.of(Artifact.of("main.tf", text));
        return new ComplianceGate(ComplianceProfile.baseline())
                .judge(
                        new GateInput(
                                Digest.of("change set"),
                                artifacts,
                                new Scan(RuleCatalog.builtIn()).of(artifacts),
                                evidence));
    }

    private static String good() {
        try (InputStream in =
                ComplianceGateTest.class.getResourceAsStream("/profiles/passing.tf")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
