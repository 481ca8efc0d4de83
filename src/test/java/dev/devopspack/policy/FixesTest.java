package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FixesTest {

    /// On the rule's own failing examples: at least one is mended, what is edited can be read and
    /// passes the rule, and no rule at all finds anything in it that it did not find before.
    @TestFactory
    Stream<DynamicTest> everyFixDoesWhatItsRuleAsks() {
        return RuleCatalog.builtIn().rules().stream()
                .filter(rule -> rule.mechanicalMend().isPresent())
                .map(rule ->
                        DynamicTest.dynamicTest(
                                rule.id(), () -> assertEquals(List.of(), problems(rule))));
    }

    @Test
    void thereAreManyFixes() {
        long fixes =
                RuleCatalog.builtIn().rules().stream()
                        .filter(rule -> rule.mechanicalMend().isPresent())
                        .count();

        assertTrue(fixes >= 150, "there are " + fixes);
    }

    private static List<String> problems(Rule rule) {
        List<String> problems = new ArrayList<>();
        Scan everything = new Scan(RuleCatalog.builtIn());
        int mended = 0;
        for (Rule.Example example : rule.examples()) {
            if (example.passes()) {
                continue;
            }
            Artifact file = Artifact.of(example.file(), example.text());
            Fixes.Result result = Fixes.of(RuleCatalog.of(rule), List.of(file));
            mended += result.mended().size();
            for (String text : result.texts().values()) {
                Artifact edited = Artifact.of(example.file(), text);
                ScanResult after = everything.of(Artifacts.of(edited));
                Baseline.of(everything.of(Artifacts.of(file)))
                        .unknownOf(after.open())
                        .forEach(finding -> problems.add("new: " + finding.text() + "\n" + text));
                after.unreadable().forEach(each -> problems.add(each.text() + "\n" + text));
                if (!result.left().isEmpty()) {
                    problems.add("still: " + result.left().getFirst().text() + "\n" + text);
                }
            }
        }
        if (mended == 0) {
            problems.add("no failing example is mended");
        }
        return problems;
    }

    @Test
    void fileKeepsItsCommentsItsOrderAndItsLayout() {
        String text =
                """
                # The disk.
                resource "aws_ebs_volume" "data" {
                  size      = 10 # gigabytes
                  encrypted = false # for now

                  tags = { Team = "a" }
                }
                """;

        Map<String, String> texts = fixed("main.tf", text, "DP-AWS-EC2-005");

        assertEquals(
                Map.of("main.tf", text.replace("encrypted = false", "encrypted = true")), texts);
    }

    @Test
    void valueThatSomebodyComputesIsLeftToThem() {
        String text =
                """
                variable "encrypted" {
                  default = false
                }
                resource "aws_ebs_volume" "data" {
                  encrypted = var.encrypted
                }
                """;

        Fixes.Result result =
                Fixes.of(catalog("DP-AWS-EC2-005"), List.of(Artifact.of("main.tf", text)));

        assertEquals(Map.of(), result.texts());
        assertEquals(1, result.left().size());
    }

    @Test
    void whatACommentExcusesIsNotTouched() {
        String text =
                "resource \"aws_ebs_volume\" \"data\" {\n"
                        + "  # devops-pack:skip=DP-AWS-EC2-005:scratch\n"
                        + "  encrypted = false\n}\n";

        assertEquals(Map.of(), fixed("main.tf", text, "DP-AWS-EC2-005"));
    }

    @Test
    void allInstancesOfABlockAreMendedByOneEdit() {
        String text = "resource \"aws_ebs_volume\" \"data\" {\n  count = 3\n  size  = 1\n}\n";

        Fixes.Result result =
                Fixes.of(catalog("DP-AWS-EC2-005"), List.of(Artifact.of("main.tf", text)));

        assertEquals(
                Map.of(
                        "main.tf",
                        "resource \"aws_ebs_volume\" \"data\" {\n  count     = 3\n  size      = 1\n"
                                + "  encrypted = true\n}\n"),
                result.texts());
        assertEquals(List.of(), result.left());
    }

    @Test
    void containersGetWhatTheyLack() {
        String text =
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web # the front
                spec:
                  containers:
                    - name: a
                      image: a:1
                      securityContext:
                        privileged: false
                    - name: b
                      args:
                        - |
                          # not a comment
                """;

        String fixed = fixed("pod.yaml", text, "DP-K8S-POD-002").get("pod.yaml");

        assertEquals(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web # the front
                spec:
                  containers:
                    - name: a
                      image: a:1
                      securityContext:
                        privileged: false
                        allowPrivilegeEscalation: false
                    - name: b
                      securityContext:
                        allowPrivilegeEscalation: false
                      args:
                        - |
                          # not a comment
                """,
                fixed);
    }

    @Test
    void everyRuleTogetherMendsAFileOnce() {
        String text =
                """
                resource "aws_ebs_volume" "data" {
                  size = 10
                }
                """;
        Artifact file = Artifact.of("main.tf", text);

        Fixes.Result first = Fixes.of(RuleCatalog.builtIn(), List.of(file));
        Fixes.Result second =
                Fixes.of(
                        RuleCatalog.builtIn(),
                        List.of(Artifact.of("main.tf", first.texts().get("main.tf"))));

        assertFalse(first.mended().isEmpty());
        assertEquals(Map.of(), second.texts());
    }

    private static Map<String, String> fixed(String name, String text, String rule) {
        return Fixes.of(catalog(rule), List.of(Artifact.of(name, text))).texts();
    }

    private static RuleCatalog catalog(String rule) {
        return RuleCatalog.of(RuleCatalog.builtIn().find(rule).orElseThrow());
    }
}
