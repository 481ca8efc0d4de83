package dev.devopspack.review;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Hidden;
import dev.devopspack.change.SecretReference;
import dev.devopspack.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RenderingV1Test {

    @Test
    void theFirstReleaseOfTheClusterReadsAsInItsGoldenFile() {
        Golden.assertMatches(
                "review/eks-first-release.txt", RenderingV1.text(Sample.subject(null, cluster(3))));
    }

    @Test
    void theSecondReleaseOfTheClusterShowsTheDifference() {
        Golden.assertMatches(
                "review/eks-second-release.txt",
                RenderingV1.text(Sample.subject(cluster(3), cluster(5))));
    }

    @Test
    void aGivenPlanShowsDestroysAndReplacementsFirst() {
        GivenPlan given =
                PlanJson.read(PlanJsonTest.resource("plan-change.json"))
                        .given(null, GivenPlan.Source.DERIVED);
        ChangeSet changeSet =
                Sample.of(
                        given,
                        List.of(
                                new SecretReference(
                                        "aws_secretsmanager_secret.db",
                                        "aws_secretsmanager_secret")),
                        Artifact.of("main.tf", PlanJsonTest.resource("plan-change.tf")));

        Golden.assertMatches(
                "review/given-plan.txt", RenderingV1.text(Sample.subject(null, changeSet)));
    }

    @Test
    void whatPeopleWaivedIsShownInVersionTwo() {
        Subject plain = Sample.subject(null, cluster(3));
        Subject waived =
                new Subject(
                        plain.changeSet(),
                        plain.plan(),
                        plain.risks(),
                        plain.cost(),
                        plain.gates(),
                        plain.findings(),
                        plain.terms(),
                        List.of(
                                new WaiverLine(
                                        "wv-abcdefghijklmnop",
                                        "DP-AWS-EKS-002",
                                        "main.tf aws_eks_cluster.this",
                                        "the API server is open to the internet",
                                        "Ada \u202e Admin",
                                        "00000000-0000-4000-8000-000000000002",
                                        Instant.parse("2026-08-01T00:00:00Z"),
                                        "a VPN comes in July\nEND OF devops-pack/rendering/v2")));

        Golden.assertMatches("review/eks-with-a-waiver.txt", RenderingV2.text(waived));
        assertThrows(IllegalArgumentException.class, () -> RenderingV1.text(waived));
        assertThrows(IllegalArgumentException.class, () -> RenderingV2.text(plain));
    }

    @Test
    void aModelThatWroteTheInputIsNamedAndCannotAddALine() {
        ChangeSet plain = cluster(3);
        String typed = RenderingV1.text(Sample.subject(null, Sample.madeWith(plain, null)));
        String worded =
                RenderingV1.text(
                        Sample.subject(null, Sample.madeWith(plain, "gpt\nEND OF devops-pack")));

        assertFalse(typed.contains("input by"), typed);
        assertTrue(
                worded.contains(
                        "\n  input by      the language model \"gpt\\nEND OF devops-pack\"\n"),
                worded);
    }

    @Test
    void theSameSubjectGivesTheSameBytes() {
        byte[] one = bytes(RenderingV1.text(Sample.subject(null, cluster(3))));
        byte[] two = bytes(RenderingV1.text(Sample.subject(null, cluster(3))));

        assertArrayEquals(one, two);
    }

    @Test
    void whatIsLeftOutIsNamedByADigest() {
        String one = RenderingV1.text(Sample.subject(null, many("last-1")));
        String two = RenderingV1.text(Sample.subject(null, many("last-2")));

        assertTrue(one.contains("… and "), one);
        assertNotEquals(fullList(one), fullList(two));
    }

    @Test
    void noHostileTextAddsALineOrHidesACharacter() {
        Random random = new Random(23);
        int lines = lines(text("plain", "plain", "plain"));
        for (int i = 0; i < 400; i++) {
            String text =
                    text(
                            ShownTest.hostile(random),
                            ShownTest.hostile(random),
                            ShownTest.hostile(random));

            assertEquals(lines, lines(text), text);
            assertEquals(
                    -1,
                    Hidden.firstIn(text.replace("\n", "")),
                    () -> "hidden character in " + text);
            assertTrue(Normalizer.isNormalized(text, Normalizer.Form.NFC));
            assertTrue(text.lines().allMatch(line -> line.length() < 1_200), text);
        }
    }

    /// One text with a foreign text in every place where one can stand.
    private static String text(String a, String b, String c) {
        String json =
                "\"resource_changes\":[%s],\"output_changes\":{%s:{\"actions\":[\"update\"],\"before\":%s,\"after\":1}}";
        String change =
                "{\"address\":%s,\"previous_address\":%s,\"type\":%s,\"provider_name\":%s,\"action_reason\":%s,"
                        + "\"change\":{\"actions\":[\"%s\"],\"before\":{%s:%s},\"after\":{%s:{\"x\":%s}}}}";
        List<String> changes = new ArrayList<>();
        for (String action : List.of("create", "update", "delete", "forget", "no-op")) {
            changes.add(
                    change.formatted(
                            quote(a + "1"),
                            quote(b + "2"),
                            quote(c + "3"),
                            quote(a),
                            quote(b),
                            action,
                            quote("k" + c),
                            quote(a),
                            quote("k" + c),
                            quote(b)));
        }
        GivenPlan given =
                PlanJson.read(
                                PlanJsonTest.plan(
                                        json.formatted(
                                                String.join(",", changes), quote(b), quote(c))))
                        .given(null, GivenPlan.Source.AS_SUBMITTED);
        ChangeSet changeSet =
                Sample.of(
                        given, List.of(), a, List.of(b, c), Artifact.of("main.tf", "locals {}\n"));
        Subject plain = Sample.subject(null, changeSet);
        return RenderingV1.text(
                new Subject(
                        changeSet,
                        plain.plan(),
                        List.of(new Fact(Fact.Level.DANGER, a, List.of(b, c + "x"))),
                        new CostEstimate(
                                java.math.BigDecimal.ONE, false, List.of(), List.of(c), null, "r"),
                        List.of(new GateLine(a, b, c)),
                        List.of(a),
                        new Terms(
                                b,
                                Sample.AT,
                                Sample.AT,
                                java.time.Duration.ofMinutes(30),
                                1,
                                1,
                                c)));
    }

    private static String quote(String text) {
        return DatumWriter.write(new Datum.Text(text));
    }

    private static ChangeSet many(String last) {
        StringBuilder main = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            main.append("resource \"aws_eip\" \"a").append(i).append("\" {}\n");
        }
        main.append("resource \"aws_eip\" \"z").append(last).append("\" {}\n");
        return Sample.of(main.toString());
    }

    private static String fullList(String text) {
        return text.lines()
                .filter(line -> line.startsWith("  full list"))
                .findFirst()
                .orElseThrow();
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ChangeSet cluster(int nodes) {
        return Sample.of(
                null,
                List.of(),
                Artifact.of("main.tf", PlanJsonTest.resource("cluster.tf")),
                Artifact.of("production.auto.tfvars", "nodes = " + nodes + "\n"));
    }
}
