package dev.devopspack.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.Score;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecurityGateTest {

    private static final String OPEN_SSH =
            """
            resource "aws_security_group" "web" {
              description = "web"
              ingress {
                description = "ssh"
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            """;

    @Test
    void goodConfigurationPasses() {
        Verdict verdict =
                judge("main.tf", "resource \"aws_ebs_volume\" \"a\" {\n  encrypted = true\n}\n");

        assertEquals("PASSED", verdict.statusName());
        assertEquals(new Score(7, 7), verdict.score());
        assertEquals(
                "1 held, 0 failed, 0 unknown, weight 7 each: 7 of 7",
                verdict.checks().get(1).detail());
    }

    @Test
    void oneCriticalFindingShutsTheGateHoweverMuchElseHolds() {
        String good =
                IntStream.range(0, 200)
                        .mapToObj(i ->
                                "resource \"aws_ebs_volume\" \"v"
                                        + i
                                        + "\" {\n  encrypted = true\n}\n")
                        .collect(Collectors.joining());

        Verdict verdict = judge("main.tf", good + OPEN_SSH);

        assertTrue(verdict.score().reaches(SecurityGate.THRESHOLD_PERCENT), verdict.summary());
        assertEquals("FAILED", verdict.statusName());
        assertEquals("1 critical finding is open", verdict.why());
    }

    @Test
    void scoreIsComparedUnrounded() {
        // 18 of 19 evaluations are 94.7 %.
        Verdict below = judge("main.tf", volumes(18, 1));
        // 19 of 20 are exactly 95 %.
        Verdict exactly = judge("main.tf", volumes(19, 1));

        assertEquals("FAILED", below.statusName());
        assertEquals("the score is 94.7 %, below 95 %", below.why());
        assertEquals("PASSED", exactly.statusName());
    }

    @Test
    void fieldsThatKubernetesDoesNotKnowAreShownAndWeighNothing() {
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n";

        Verdict good = judge("pod.yaml", pod);
        Verdict misspelt = judge("pod.yaml", pod.replace("spec: {", "spec: {hostNetwerk: true, "));

        assertEquals(good.score(), misspelt.score());
        assertEquals(good.statusName(), misspelt.statusName());
        assertEquals(good.findings().size() + 1, misspelt.findings().size());
        assertEquals(
                List.of("1 found, weight 0 each"),
                misspelt.checks().stream()
                        .filter(check -> check.id().equals("beside"))
                        .map(Verdict.Check::detail)
                        .toList());
    }

    @Test
    void unknownCountsAsNotHeld() {
        Verdict verdict =
                judge(
                        "main.tf",
                        "variable \"on\" {}\nresource \"aws_ebs_volume\" \"a\" {\n  encrypted ="
                                + " var.on\n}\n");

        assertEquals(new Score(0, 7), verdict.score());
        assertEquals("FAILED", verdict.statusName());
    }

    @Test
    void commentOfWhoeverWroteTheFileExcusesNothing() {
        Verdict verdict =
                judge(
                        "main.tf",
                        "# devops-pack:skip=DP-AWS-SG-001:we need it\n"
                                + OPEN_SSH.replace(
                                        "ingress {",
                                        "#checkov:skip=CKV_AWS_24:we need it\n  ingress {"));

        assertEquals("1 critical finding is open", verdict.why().split(";")[0]);
    }

    @Test
    void fileThatCannotBeReadFailsIt() {
        Verdict verdict =
                judge("main.tf", "resource \"aws_ebs_volume\" \"a\" {\n  encrypted = true\n");

        assertEquals("FAILED", verdict.statusName());
        assertTrue(verdict.why().startsWith("it could not read main.tf:"), verdict.why());
    }

    @Test
    void jsonSyntaxOfTerraformIsJudgedAlike() {
        String encrypted = "{\"resource\": {\"aws_ebs_volume\": {\"a\": {\"encrypted\": %s}}}}";

        assertEquals("PASSED", judge("main.tf.json", encrypted.formatted("true")).statusName());
        assertEquals("FAILED", judge("main.tf.json", encrypted.formatted("false")).statusName());
    }

    @Test
    void resourcesThatNoRuleKnowsDoNotPass() {
        Verdict verdict =
                judge("main.tf", "resource \"acme_database\" \"a\" {\n  name = \"a\"\n}\n");

        assertEquals("FAILED", verdict.statusName());
        assertEquals("no rule judges any of its resources: acme_database", verdict.why());
    }

    @Test
    void moduleFromElsewhereIsNotTakenForJudged() {
        Verdict verdict = judge("main.tf", "module \"a\" {\n  source = \"acme/database/aws\"\n}\n");

        assertEquals("FAILED", verdict.statusName());
        assertEquals(
                "no rule judges any of its resources: module acme/database/aws", verdict.why());
    }

    @Test
    void moreRootModulesThanAChangeHasAreRefused() {
        Artifacts artifacts =
                new Artifacts(
                        IntStream.range(0, 60)
                                .mapToObj(i -> Artifact.of("m" + i + "/main.tf", "locals {}\n"))
                                .toList());

        assertEquals(1, new Scan(RuleCatalog.builtIn()).of(artifacts).unreadable().size());
    }

    @Test
    void textAloneIsNotJudged() {
        Verdict verdict = judge("README.md", "# Hello\n");

        assertEquals("NOT_APPLICABLE", verdict.statusName());
    }

    @Test
    void dataThatNoRuleIsAboutIsNotTakenForJudged() {
        Verdict verdict = judge("runbook.json", "{\"blocks\": []}\n");

        assertEquals("NOT_APPLICABLE", verdict.statusName());
        assertEquals(
                "its only file holds nothing that a rule is about, and no secret", verdict.why());
    }

    @Test
    void secretInDataIsStillCritical() {
        Verdict verdict = judge("runbook.json", "{\"password\": \"Winter-2041-snow\"}\n");

        assertEquals("FAILED", verdict.statusName());
    }

    @Test
    void dataThatCannotBeReadFailsIt() {
        assertEquals("FAILED", judge("runbook.json", "{\"blocks\": [}\n").statusName());
        assertEquals("FAILED", judge("runbook.json", "").statusName());
    }

    @Test
    void secretInTextAloneIsStillCritical() {
        Verdict verdict = judge("README.md", "DB_PASSWORD=Winter-2041-snow\n");

        assertEquals("FAILED", verdict.statusName());
    }

    private static String volumes(int encrypted, int plain) {
        return IntStream.range(0, encrypted + plain)
                .mapToObj(i ->
                        "resource \"aws_ebs_volume\" \"v"
                                + i
                                + "\" {\n  encrypted = "
                                + (i < encrypted)
                                + "\n}\n")
                .collect(Collectors.joining());
    }

    private static Verdict judge(String name, String text) {
        Artifacts artifacts = Artifacts.of(Artifact.of(name, text));
        return new SecurityGate()
                .judge(
                        new GateInput(
                                Digest.of("change set"),
                                artifacts,
                                new Scan(RuleCatalog.builtIn()).of(artifacts),
                                ComplianceEvidence.NONE));
    }
}
