package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReaderTest {

    private static final String RULE =
            """
            id: ACME-001
            title: Buckets are named
            why: Somebody must know them.
            severity: low
            subject: terraform/aws_s3_bucket
            require: self.bucket != null
            message: the bucket has no name
            mend: Set `bucket`.
            examples:
              - fails: {text: 'resource "aws_s3_bucket" "a" {}'}
              - passes: {text: 'resource "aws_s3_bucket" "a" { bucket = "a" }'}
            """;

    @Test
    void completeRuleIsRead() {
        Rule rule = read(RULE);

        assertEquals("ACME-001", rule.id());
        assertEquals(List.of(), RuleExamples.problems(rule));
    }

    @Test
    void unknownKeyIsRefusedWithItsPlaceAndTheNearestName() {
        InvalidInput refusal = refused(RULE.replace("severity:", "severty:"));

        assertEquals("rule.yaml:4:1", refusal.where());
        assertEquals("'severty' is not known here", refusal.problem());
        assertEquals("Did you mean severity.", refusal.mend());
    }

    @Test
    void keyGivenTwiceIsRefused() {
        assertEquals(
                "rule.yaml:2:1",
                refused(RULE.replace("id: ACME-001\n", "id: ACME-001\nid: ACME-002\n")).where());
    }

    @Test
    void ruleWithoutBothKindsOfExamplesIsRefused() {
        InvalidInput refusal = refused(RULE.substring(0, RULE.indexOf("  - passes")));

        assertEquals("a rule needs an example that fails and one that passes", refusal.problem());
    }

    @Test
    void mistakeInTheConditionIsShownAtItsColumn(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("rule.yaml"),
                RULE.replace("self.bucket != null", "self.bucket !== 1"));

        InvalidInput refusal =
                assertThrows(InvalidInput.class, () -> RuleCatalog.builtIn().with(folder));

        assertTrue(refusal.where().startsWith("rule.yaml:6:"), refusal.where());
    }

    @Test
    void unknownFunctionIsRefused(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("rule.yaml"),
                RULE.replace("self.bucket != null", "has(self.bucket)"));

        assertThrows(InvalidInput.class, () -> RuleCatalog.builtIn().with(folder));
    }

    @Test
    void ruleThatDoesNotDoWhatItsExamplesSayIsRefused(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("rule.yaml"),
                RULE.replace("self.bucket != null", "self.bucket == null"));

        InvalidInput refusal =
                assertThrows(InvalidInput.class, () -> RuleCatalog.builtIn().with(folder));

        assertEquals("rule.yaml:10", refusal.where());
    }

    @Test
    void idOfABuiltInRuleIsTaken(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("rule.yaml"), RULE.replace("ACME-001", "DP-AWS-S3-001"));

        InvalidInput refusal =
                assertThrows(InvalidInput.class, () -> RuleCatalog.builtIn().with(folder));

        assertTrue(refusal.problem().startsWith("the id DP-AWS-S3-001 is taken by"));
    }

    @Test
    void userRuleJudgesBesideTheBuiltInOnes(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("rule.yaml"), RULE);
        RuleCatalog catalog = RuleCatalog.builtIn().with(folder);

        ScanResult result =
                new Scan(catalog)
                        .of(
                                Artifacts.of(
                                        Artifact.of(
                                                "main.tf", "resource \"aws_s3_bucket\" \"a\" {}")));

        assertTrue(result.findings().stream().anyMatch(f -> f.rule().equals("ACME-001")));
        assertTrue(!catalog.digest().equals(RuleCatalog.builtIn().digest()));
    }

    @Test
    void yamlBombIsRefusedAtOnce() {
        String bomb = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n";
        String deep = "id: " + "[".repeat(20_000) + "]".repeat(20_000);

        assertEquals("the file holds an alias", refused(bomb).problem());
        assertEquals("the file nests deeper than 8 levels", refused(deep).problem());
        assertEquals("the file has more than 65536 bytes", refused("#".repeat(70_000)).problem());
    }

    @Test
    void ruleThatNeverEndsIsAnErrorOfTheScan() {
        String numbers = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]";
        String loop =
                numbers
                        + ".all(a, "
                        + numbers
                        + ".all(b, "
                        + numbers
                        + ".all(c, "
                        + numbers
                        + ".all(d, "
                        + numbers
                        + ".all(e, a + b + c + d + e > 0)))))";

        ScanResult result =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(30),
                        () -> scan(RULE.replace("self.bucket != null", "'" + loop + "'")));

        assertEquals(1, result.errors().size());
        assertEquals(List.of(), result.findings());
        assertTrue(!result.complete());
    }

    @Test
    void hugePatternIsAnErrorOfTheScan() {
        ScanResult result =
                scan(
                        RULE.replace(
                                "require: self.bucket != null",
                                "require: \"self.bucket.matches('((a{100}){100}){100}')\""));

        assertEquals(1, result.errors().size());
    }

    @Test
    void ruleThatThrowsOnWhatWeighsNothingPassesNothingEither() {
        Rule rule =
                read(
                        RULE.replace("terraform/aws_s3_bucket", "kubernetes/Diagnostic")
                                .replace("self.bucket != null", "1 / 0 == 1"));

        ScanResult result =
                new Scan(RuleCatalog.of(rule))
                        .of(
                                Artifacts.of(
                                        Artifact.of(
                                                "pod.yaml",
                                                "apiVersion: v1\nkind: Pod\nmetadata: {nam: a}\n"
                                                        + "spec: {containers: []}\n")));

        assertFalse(result.errors().isEmpty());
        assertFalse(result.passes());
    }

    @Test
    void ruleThatThrowsPassesNothing() {
        ScanResult result = scan(RULE.replace("self.bucket != null", "1 / 0 == 1"));

        assertEquals(1, result.errors().size());
        assertEquals(0, result.tallies().stream().mapToInt(ScanResult.Tally::passed).sum());
    }

    @Test
    void hostileNameIsShownAsMarksOnOneLine() {
        String rule =
                RULE.replace("self.bucket != null", "self.bucket == null")
                        .replace("the bucket has no name", "\"bucket '{self.bucket}' is named\"");
        ScanResult result =
                new Scan(RuleCatalog.of(read(rule)))
                        .of(
                                Artifacts.of(
                                        Artifact.of(
                                                "main.tf",
                                                "resource \"aws_s3_bucket\" \"a\" {\n  bucket ="
                                                        + " \"x\\n\u202E"
                                                        + "y".repeat(300)
                                                        + "\"\n}")));

        String message = result.findings().getFirst().message();
        assertTrue(message.startsWith("bucket 'x⏎‹U+202E›yyy"), message);
        assertTrue(message.length() < 200 && message.endsWith("…' is named"), message);
    }

    private static ScanResult scan(String rule) {
        return new Scan(RuleCatalog.of(read(rule)))
                .of(
                        Artifacts.of(
                                Artifact.of(
                                        "main.tf",
                                        "resource \"aws_s3_bucket\" \"a\" {\n  bucket = \"a\"\n}")));
    }

    private static Rule read(String text) {
        return RuleCatalog.read("rule.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static InvalidInput refused(String text) {
        return assertThrows(InvalidInput.class, () -> read(text));
    }
}
