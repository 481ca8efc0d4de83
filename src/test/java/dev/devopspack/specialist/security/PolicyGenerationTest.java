package dev.devopspack.specialist.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PolicyGenerationTest {

    private static final PolicyData DATA = PolicyData.shipped();

    private final PolicyGeneration generation = new PolicyGeneration(RuleCatalog.builtIn());

    @TestFactory
    Stream<DynamicTest> everyConstraintTellsAPodThatKeepsItFromOneThatDoesNot() {
        AdmissionExpressions expressions = new AdmissionExpressions();
        return DATA.kubernetes().constraints().stream()
                .map(constraint ->
                        DynamicTest.dynamicTest(
                                constraint.name(),
                                () -> {
                                    KubernetesPolicies.Bound bound =
                                            new KubernetesPolicies.Bound(
                                                    constraint,
                                                    constraint.values() == null
                                                            ? List.of()
                                                            : List.of("registry.example.com/"));
                                    assertEquals(
                                            List.of(true, false),
                                            List.of(
                                                    expressions.admits(
                                                            bound.cel(), bound.pod(true)),
                                                    expressions.admits(
                                                            bound.cel(), bound.pod(false))));
                                }));
    }

    @TestFactory
    Stream<DynamicTest> allConstraintsTogetherAreWrittenInEachLanguage() {
        return Stream.of("validating_admission_policy", "kyverno", "rego")
                .map(format ->
                        DynamicTest.dynamicTest(
                                format,
                                () -> {
                                    Outcome.Proposal made =
                                            proposal(
                                                    Map.of(
                                                            "format",
                                                            format,
                                                            "name",
                                                            "hardened-pods",
                                                            "constraints",
                                                            DATA.constraintNames(),
                                                            "registries",
                                                            List.of("registry.example.com/"),
                                                            "labels",
                                                            List.of("team"),
                                                            "action",
                                                            "warn"));
                                    assertGolden(made);
                                }));
    }

    @Test
    void whatIsWrittenForKubernetesIsReadByOurOwnReader() {
        Outcome.Proposal made =
                proposal(
                        Map.of(
                                "format",
                                "validating_admission_policy",
                                "name",
                                "hardened-pods",
                                "constraints",
                                DATA.constraintNames().subList(0, 9)));

        ScanResult scanned = new Scan(RuleCatalog.builtIn()).of(made.artifacts());

        assertEquals(List.of(), scanned.unreadable());
        assertEquals(2, scanned.resources());
    }

    @Test
    void guardrailsBecomeAServiceControlPolicy() {
        assertGolden(
                proposal(
                        Map.of(
                                "format",
                                "scp",
                                "name",
                                "guardrails",
                                "guardrails",
                                DATA.guardrailNames(),
                                "regions",
                                List.of("eu-central-1", "eu-west-1"))));
    }

    @Test
    void guardrailsThatAreTooLongWithTheirWhiteSpaceAreWrittenWithoutIt() {
        List<String> regions =
                IntStream.range(0, 160)
                        .mapToObj(i -> "eu-" + (char) ('a' + i / 10) + "central-" + i % 10)
                        .toList();
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("format", "scp");
        input.put("name", "guardrails");
        input.put("guardrails", DATA.guardrailNames());

        input.put("regions", regions.subList(0, 150));
        String spaced = proposal(input).artifacts().list().getFirst().text();
        input.put("regions", regions);
        String dense = proposal(input).artifacts().list().getFirst().text();

        assertEquals(
                List.of(true, true, true, false),
                List.of(
                        spaced.length() <= 5_120,
                        spaced.contains("\n"),
                        dense.length() <= 5_120,
                        dense.contains("\n")));
    }

    @Test
    void callsBecomeThePolicyThatTheyNeedAndNothingElse() {
        assertGolden(
                proposal(
                        Map.of(
                                "format",
                                "iam",
                                "name",
                                "reporter",
                                "calls",
                                List.of(
                                        "s3:ListObjectsV2",
                                        "s3.amazonaws.com:HeadObject",
                                        "s3:UploadPart",
                                        "dynamodb:TransactGetItems",
                                        "lambda:Invoke20150331",
                                        "ec2:DescribeInstances",
                                        "sts:GetCallerIdentity"),
                                "resources",
                                Map.of(
                                        "s3",
                                        List.of("arn:aws:s3:::reports", "arn:aws:s3:::reports/*"),
                                        "dynamodb:GetItem",
                                        List.of(
                                                "arn:aws:dynamodb:eu-west-1:111122223333:table/reports"),
                                        "lambda",
                                        List.of(
                                                "arn:aws:lambda:eu-west-1:111122223333:function:report"),
                                        "sqs",
                                        List.of("arn:aws:sqs:eu-west-1:111122223333:queue")))));
    }

    @Test
    void aCallOnUnnamedResourcesIsRefusedWithAnExample() {
        InvalidInput refused =
                refused(
                        Map.of(
                                "format",
                                "iam",
                                "name",
                                "reporter",
                                "calls",
                                List.of("s3:GetObject"),
                                "resources",
                                Map.of("s3", List.of("arn:aws:s3:::reports"))));

        assertEquals("/input/resources/s3", refused.where());
        assertEquals("{\"resources\": {\"s3\": [\"arn:aws:s3:::data/*\"]}}", refused.example());
    }

    @Test
    void aRuleFromADescriptionHoldsForItsExamples() {
        assertGolden(proposal(Map.of("format", "rule", "name", "retention", "rule", retention())));
    }

    @Test
    void aRuleThatItsExamplesContradictIsRefused() {
        Map<String, Object> rule = new LinkedHashMap<>(retention());
        rule.put(
                "failing",
                "resource \"aws_cloudwatch_log_group\" \"a\" { retention_in_days = 60\n  tags = { team = \"a\" }\n}\n");

        InvalidInput refused = refused(Map.of("format", "rule", "name", "retention", "rule", rule));

        assertEquals("/input/rule", refused.where());
        assertTrue(
                refused.problem().startsWith("the rule does not do what its examples say"),
                refused::problem);
    }

    @TestFactory
    Stream<DynamicTest> whatCouldLeaveTheTextAroundItIsRefused() {
        Map<String, Object> kyverno =
                Map.of(
                        "format",
                        "kyverno",
                        "name",
                        "a",
                        "constraints",
                        List.of("allowed_registries"));
        return Stream.of(
                        hostile("/input/name", kyverno, "name", "a\nb"),
                        hostile(
                                "/input/registries/0",
                                kyverno,
                                "registries",
                                List.of("a'), true || ('/")),
                        hostile("/input/registries/0", kyverno, "registries", List.of("docker.io")),
                        hostile(
                                "/input/except_namespaces/0",
                                kyverno,
                                "except_namespaces",
                                List.of("a\": [] }"),
                                "registries",
                                List.of("a/")),
                        hostile("/input/constraints/0", kyverno, "constraints", List.of("no_priv")),
                        hostile(
                                "/input/calls/0",
                                Map.of("format", "iam", "name", "a"),
                                "calls",
                                List.of("s3:*")),
                        hostile(
                                "/input/resources/s3/0",
                                Map.of(
                                        "format",
                                        "iam",
                                        "name",
                                        "a",
                                        "calls",
                                        List.of("s3:GetObject")),
                                "resources",
                                Map.of("s3", List.of("*"))),
                        hostile(
                                "/input/regions/0",
                                Map.of(
                                        "format",
                                        "scp",
                                        "name",
                                        "a",
                                        "guardrails",
                                        List.of("allowed_regions")),
                                "regions",
                                List.of("eu\", \"*")),
                        hostile(
                                "/input/rule/conditions/0/attribute",
                                Map.of("format", "rule", "name", "a"),
                                "rule",
                                withAttribute("a') == null || ('")))
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.where() + each.input(),
                                () -> assertEquals(each.where(), refused(each.input()).where())));
    }

    private record Hostile(String where, Map<String, Object> input) {}

    private static Hostile hostile(String where, Map<String, Object> base, Object... more) {
        Map<String, Object> input = new LinkedHashMap<>(base);
        for (int i = 0; i < more.length; i += 2) {
            input.put(more[i].toString(), more[i + 1]);
        }
        return new Hostile(where, input);
    }

    @Test
    void withoutFormatAndNameTheyAreAskedForWithAnExampleThatRuns() {
        Outcome.InputRequired required =
                assertInstanceOf(Outcome.InputRequired.class, perform(Map.of()));

        assertEquals(
                List.of("/input/format", "/input/name"),
                required.missing().stream().map(Outcome.MissingInput::pointer).toList());
        proposal(generation.example());
    }

    private static Map<String, Object> retention() {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", "ACME-AWS-001");
        rule.put("title", "Logs are kept a month");
        rule.put("why", "What happened is asked for weeks later.");
        rule.put("severity", "medium");
        rule.put("subject", "terraform/aws_cloudwatch_log_group");
        rule.put(
                "conditions",
                List.of(
                        Map.of("attribute", "retention_in_days", "is", "at_least", "value", 30),
                        Map.of("attribute", "tags.team", "is", "set")));
        rule.put("mend", "Set `retention_in_days` to 30 or more.");
        return rule;
    }

    private static Map<String, Object> withAttribute(String attribute) {
        Map<String, Object> rule = new LinkedHashMap<>(retention());
        rule.put("conditions", List.of(Map.of("attribute", attribute, "is", "set")));
        return rule;
    }

    private static void assertGolden(Outcome.Proposal made) {
        List<String> notes = new ArrayList<>(made.summary());
        made.claims().forEach(claim -> notes.add("Not checked: " + claim));
        made.next().forEach(next -> notes.add("Next: " + next));
        for (Artifact file : made.artifacts()) {
            Golden.assertMatches("security/policy/" + file.name(), file.text());
            Golden.assertMatches(
                    "security/policy/" + file.name() + ".notes.txt",
                    String.join("\n", notes) + "\n");
        }
    }

    private InvalidInput refused(Map<String, Object> input) {
        return assertThrows(InvalidInput.class, () -> perform(input));
    }

    private Outcome.Proposal proposal(Map<String, Object> input) {
        return assertInstanceOf(Outcome.Proposal.class, perform(input));
    }

    private Outcome perform(Map<String, Object> input) {
        return generation.perform(generation.read(input), new Work(null, null));
    }
}
