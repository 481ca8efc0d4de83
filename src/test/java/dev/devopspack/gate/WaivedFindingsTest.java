package dev.devopspack.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.gate.Verdict.Check;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.Score;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaivedFindingsTest {

    private static final Instant UNTIL = Instant.parse("2026-12-01T00:00:00Z");

    /// One critical finding, with a comment that asks to overlook it.
    private static final String OPEN_SSH =
            """
            resource "aws_security_group" "web" {
              description = "web"
              #devops-pack:skip=DP-AWS-SG-001: we know
              ingress {
                description = "ssh"
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            """;

    private final Artifacts files = Artifacts.of(Artifact.of("main.tf", OPEN_SSH));
    private final ScanResult scan = new Scan(RuleCatalog.builtIn()).of(files);
    private final Finding ssh =
            scan.findings().stream()
                    .filter(finding -> finding.rule().equals("DP-AWS-SG-001"))
                    .findFirst()
                    .orElseThrow();

    @Test
    void aCommentInTheFileExcusesNothingInAGate() {
        Verdict verdict = new SecurityGate().judge(input());

        assertTrue(scan.suppressions().getFirst().covers().contains(ssh));
        assertEquals("FAILED", verdict.statusName());
        assertTrue(verdict.findings().contains(ssh));
    }

    @Test
    void aWaivedFindingNeitherHoldsNorFailsAndIsShownApart() {
        Verdict before = new SecurityGate().judge(input());

        Verdict verdict = new SecurityGate().judge(input().waiving(List.of(waived())));

        assertEquals(
                new Score(before.score().earned(), before.score().possible() - 10),
                verdict.score());
        assertTrue(verdict.summary().endsWith(", 1 waived"), verdict.summary());
        assertEquals(
                List.of(
                        new Check(
                                "waiver:wv-abcdefghijklmnop",
                                "DP-AWS-SG-001 main.tf aws_security_group.web",
                                Check.Result.WAIVED,
                                ssh.message()
                                        + ". Waived by Ada Admin until 2026-12-01T00:00:00Z: a VPN"
                                        + " comes")),
                verdict.checks().stream().filter(Waived::isCheck).toList());
        assertEquals(
                scan.findings().stream().filter(f -> !f.equals(ssh)).toList(), verdict.findings());
    }

    @Test
    void theVerdictsDigestIsAnotherOneWithTheWaiver() {
        Verdict with = new SecurityGate().judge(input().waiving(List.of(waived())));
        Waived other = new Waived("wv-qrstuvwxyzabcdef", "Bert", "because", UNTIL, List.of(ssh));
        Verdict withAnother = new SecurityGate().judge(input().waiving(List.of(other)));

        assertEquals(
                3,
                List.of(new SecurityGate().judge(input()), with, withAnother).stream()
                        .map(verdict -> new Verdicts(List.of(verdict)).digest())
                        .distinct()
                        .count());
    }

    @Test
    void theControlOfTheRuleIsWaivedAndNamesTheWaiver() {
        ComplianceGate gate = new ComplianceGate(ComplianceProfile.baseline());
        List<String> violated =
                gate.judge(input()).checks().stream()
                        .filter(check -> check.result() == Check.Result.FAILED)
                        .map(Check::id)
                        .toList();

        Verdict verdict = gate.judge(input().waiving(List.of(waived())));

        List<Check> excused =
                verdict.checks().stream()
                        .filter(check -> check.result() == Check.Result.WAIVED)
                        .toList();
        assertTrue(!excused.isEmpty() && violated.contains(excused.getFirst().id()));
        assertEquals(
                "wv-abcdefghijklmnop, Ada Admin, until 2026-12-01T00:00:00Z: a VPN comes",
                excused.getFirst().detail());
        assertTrue(verdict.summary().contains(excused.size() + " waived"), verdict.summary());
    }

    @Test
    void whatTheScanDidNotFindCannotBeWaived() {
        Finding elsewhere =
                new Finding(
                        ssh.rule(),
                        ssh.title(),
                        ssh.severity(),
                        "other.tf",
                        1,
                        1,
                        ssh.resource(),
                        ssh.message(),
                        ssh.mend(),
                        null);

        assertThrows(IllegalArgumentException.class, () -> scan.accepting(List.of(elsewhere)));
    }

    private GateInput input() {
        return new GateInput(
                Digest.of("a change set"),
                files,
                scan,
                new ComplianceEvidence(true, true, true, true, true));
    }

    private Waived waived() {
        return new Waived("wv-abcdefghijklmnop", "Ada Admin", "a VPN comes", UNTIL, List.of(ssh));
    }
}
