package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void textsAreCompared() {
        assertEquals(true, Texts.matches("db-7", "^db-[0-9]$"));
        assertEquals(false, Texts.matches("web-7", "^db-[0-9]$"));
        assertEquals(true, Texts.startsWith("db-7", "db-"));
        assertEquals(true, Texts.endsWith("db-7", "-7"));
        assertEquals(true, Texts.contains("db-7", "b-"));
    }

    @Test
    void numbersAndBooleansAreTextsAsInTerraform() {
        assertEquals(true, Texts.matches(1.25, "^1\\."));
        assertEquals(true, Texts.startsWith(443L, "44"));
        assertEquals(true, Texts.endsWith(true, "ue"));
    }

    @Test
    void nothingHoldsOfWhatIsNoText() {
        assertEquals(false, Texts.matches(NullValue.NULL_VALUE, ""));
        assertEquals(false, Texts.startsWith(List.of("db-7"), ""));
        assertEquals(false, Texts.contains(null, ""));
    }

    @Test
    void unknownStaysUnknown() {
        CelUnknownSet unknown = Unknowns.because("var.name has no value");

        assertSame(unknown, Texts.matches(unknown, "a"));
        assertSame(unknown, Texts.contains("a", unknown));
    }

    @Test
    void whatTheKnownPartsOfATextDecideIsDecided() {
        CelUnknownSet arn = Unknowns.givenText("it is not known", "arn:\uFFFC:policy/Admin");

        assertEquals(true, Texts.startsWith(arn, "arn:"));
        assertEquals(false, Texts.startsWith(arn, "urn:"));
        assertSame(arn, Texts.startsWith(arn, "arn:aws:"));
        assertEquals(true, Texts.endsWith(arn, "/Admin"));
        assertEquals(false, Texts.endsWith(arn, "/Reader"));
        assertSame(arn, Texts.endsWith(arn, "aws:policy/Admin"));
        assertEquals(true, Texts.contains(arn, "policy"));
        assertSame(arn, Texts.contains(arn, "aws"));
        assertSame(arn, Texts.matches(arn, "Admin"));
        assertEquals("it is not known", Unknowns.why(arn));
    }

    @Test
    void ruleWithAWrongPatternIsAnErrorOfTheScan() {
        Rule rule =
                RuleCatalog.read(
                        "rule.yaml",
                        """
                        id: T-1
                        title: Buckets are called well
                        why: Names are read.
                        severity: low
                        subject: terraform/aws_s3_bucket
                        require: self.bucket.matches('(')
                        message: the name is odd
                        mend: Rename it.
                        examples:
                          - fails: {text: 'resource "aws_s3_bucket" "a" { bucket = "x" }'}
                          - passes: {text: 'resource "aws_s3_bucket" "a" { bucket = "y" }'}
                        """
                                .getBytes(StandardCharsets.UTF_8));

        String problem = RuleExamples.problems(rule).getFirst().text();

        assertTrue(problem.contains("'matches' failed: error parsing regexp"), problem);
    }

    @Test
    void wrongAndHugePatternsAreRefused() {
        assertThrows(PatternSyntaxException.class, () -> Texts.matches("a", "("));
        assertThrows(
                IllegalArgumentException.class,
                () -> Texts.matches("a", "((a{1,30}){1,30}){1,30}"));
    }
}
