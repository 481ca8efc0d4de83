package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleParametersTest {

    private static final String RULE =
            """
            id: ACME-001
            title: Buckets are called well
            why: It is a test.
            severity: low
            subject: terraform/aws_s3_bucket
            require: parameters.names.exists(n, n == self.bucket) && size(self.bucket) >= parameters.least
            message: 'it is not one of {parameters.names}'
            mend: Rename it.
            parameters:
              names: {type: texts, default: [ab], meaning: "What buckets are called"}
              least: {type: number, default: 2, meaning: "How long a name is"}
            examples:
              - fails: {text: 'resource "aws_s3_bucket" "a" { bucket = "x" }'}
              - passes: {text: 'resource "aws_s3_bucket" "a" { bucket = "ab" }'}
              - passes: {text: 'resource "aws_s3_bucket" "a" { bucket = "x" }', parameters: {names: [x], least: 1}}
            """;

    @TempDir Path folder;

    @Test
    void examplesAreTriedWithTheValuesThatTheyName() {
        assertEquals(List.of(), RuleExamples.problems(rule(RULE)));
    }

    @Test
    void valuesOfAFileAreJudgedByAndMakeAnotherRuleset() throws IOException {
        RuleCatalog rules = RuleCatalog.of(rule(RULE));
        RuleCatalog set = rules.withParameters(file("parameters:\n  ACME-001: {names: [xyz]}\n"));

        assertEquals(1, findings(rules).size());
        assertEquals(List.of(), findings(set));
        assertNotEquals(rules.digest(), set.digest());
        assertEquals(
                "it is not one of [q]",
                findings(rules.withParameters(file("parameters:\n  ACME-001: {names: [q]}\n")))
                        .getFirst()
                        .message());
    }

    @Test
    void rulesThatShipTakeValuesToo() throws IOException {
        String bucket =
                "resource \"aws_cloudwatch_log_group\" \"a\" {\n  retention_in_days = 365\n}\n";
        Artifacts files = Artifacts.of(Artifact.of("main.tf", bucket));
        RuleCatalog strict =
                RuleCatalog.builtIn()
                        .withParameters(file("parameters:\n  %s: {days: 400}\n".formatted(logs())));

        List<String> before = messages(new Scan(RuleCatalog.builtIn()).of(files));
        List<String> after = messages(new Scan(strict).of(files));

        assertEquals(List.of(), before);
        assertEquals(List.of("logs are kept for less than 400 days"), after);
    }

    @Test
    void mistakesInTheFileAreToldWithTheirPlace() throws IOException {
        refused("parameters:\n  ACME-002: {names: [a]}\n", 2, "there is no rule 'ACME-002'");
        refused("parameters:\n  ACME-001: {name: [a]}\n", 2, "'name' is not known here");
        refused("parameters:\n  ACME-001: {names: a}\n", 2, "'names' is not a list of texts");
        refused("parameters:\n  ACME-001:\n    least: \"2\"\n", 3, "'least' is not a whole number");
        refused("parameters:\n  ACME-001:\n    least: 2.5\n", 3, "'least' is not a whole number");
        refused("rules: {}\n", 1, "'rules' is not known here");
    }

    @Test
    void ruleThatAsksForWhatItDoesNotDeclareIsRefused() {
        InvalidInput refusal =
                assertThrows(
                        InvalidInput.class,
                        () ->
                                CompiledRule.checked(
                                        rule(RULE.replace("parameters.least", "parameters.most")),
                                        java.util.Map.of("names", List.of())));

        assertEquals("rule.yaml:6:10", refusal.where());
        assertEquals("the rule has no parameter 'most'", refusal.problem());
    }

    @Test
    void declarationIsReadStrictly() {
        for (String wrong :
                List.of(
                        RULE.replace("type: texts", "type: list"),
                        RULE.replace("default: [ab]", "default: ab"),
                        RULE.replace(", default: 2", ""),
                        RULE.replace("least: {", "Least: {"),
                        RULE.replace("meaning: \"How", "note: \"How"),
                        RULE.replace("least: 1}", "least: one}"))) {
            assertThrows(InvalidInput.class, () -> rule(wrong), wrong);
        }
    }

    private void refused(String text, int line, String problem) throws IOException {
        Path file = file(text);
        InvalidInput refusal =
                assertThrows(
                        InvalidInput.class, () -> RuleCatalog.of(rule(RULE)).withParameters(file));
        assertEquals(problem, refusal.problem());
        assertEquals(
                file + ":" + line, refusal.where().substring(0, refusal.where().lastIndexOf(':')));
    }

    private static String logs() {
        return RuleCatalog.builtIn().rules().stream()
                .filter(rule -> rule.file().endsWith("aws/log-group-a-year.yaml"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static List<String> messages(ScanResult result) {
        return result.findings().stream()
                .map(Finding::message)
                .filter(message -> message.startsWith("logs are kept"))
                .toList();
    }

    private static List<Finding> findings(RuleCatalog rules) {
        String bucket = "resource \"aws_s3_bucket\" \"a\" {\n  bucket = \"xyz\"\n}\n";
        return new Scan(rules).of(Artifacts.of(Artifact.of("main.tf", bucket))).findings();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("parameters.yaml"), text);
    }

    private static Rule rule(String text) {
        return RuleCatalog.read("rule.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
