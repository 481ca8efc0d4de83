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
    void everyFindingHasAPatchOfItsOwn() {
        Artifact file =
                Artifact.of(
                        "disks/main.tf",
                        """
                        resource "aws_ebs_volume" "a" {
                          availability_zone = "eu-west-1a"
                          size              = 10
                          encrypted         = false
                        }

                        resource "aws_ebs_volume" "b" {
                          availability_zone = "eu-west-1a"
                          size              = 10
                        }
                        """);
        RuleCatalog rules = encryptedDisks();
        List<Finding> findings = new Scan(rules).of(Artifacts.of(file)).open();

        Map<Finding, String> patches = Fixes.patches(rules, List.of(file), findings, 10);

        assertEquals(
                List.of(
                        """
                        --- a/disks/main.tf
                        +++ b/disks/main.tf
                        @@ -1,7 +1,7 @@
                         resource "aws_ebs_volume" "a" {
                           availability_zone = "eu-west-1a"
                           size              = 10
                        -  encrypted         = false
                        +  encrypted         = true
                         }
                        \s
                         resource "aws_ebs_volume" "b" {
                        """,
                        """
                        --- a/disks/main.tf
                        +++ b/disks/main.tf
                        @@ -7,4 +7,5 @@
                         resource "aws_ebs_volume" "b" {
                           availability_zone = "eu-west-1a"
                           size              = 10
                        +  encrypted         = true
                         }
                        """),
                findings.stream().map(patches::get).toList());
        assertEquals(1, Fixes.patches(rules, List.of(file), findings, 1).size());
        assertEquals(Map.of(), Fixes.patches(rules, List.of(file), List.of(), 10));
    }

    @Test
    void aPatchShowsNoSecretAndNothingUnseen() {
        String token = "ghp_" + "k3Jq8ZtW5vXn2RbY7mLc4HsD9fGa1PeU6iOo";

        assertEquals(1, patchesBeside("Team = \"a\"").size());
        assertFalse(SecretDetector.inFile("a.tf", disk("Team = \"" + token + "\"")).isEmpty());
        assertEquals(Map.of(), patchesBeside("Team = \"" + token + "\""));
        assertEquals(Map.of(), patchesBeside("Team = \"a\u202Eb\""));
        assertEquals(1, patchesBeside("\tTeam = \"a\"").size());
    }

    private static Map<Finding, String> patchesBeside(String tag) {
        Artifact file = Artifact.of("a.tf", disk(tag));
        RuleCatalog rules = encryptedDisks();
        return Fixes.patches(
                rules, List.of(file), new Scan(rules).of(Artifacts.of(file)).open(), 10);
    }

    private static String disk(String tag) {
        return """
        resource "aws_ebs_volume" "a" {
          encrypted = false
          tags = {
            %s
          }
        }
        """
                .formatted(tag);
    }

    private static RuleCatalog encryptedDisks() {
        return RuleCatalog.of(RuleCatalog.builtIn().find("DP-AWS-EC2-005").orElseThrow());
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
