package dev.devopspack.language.workflow.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.workflow.expression.Expression.And;
import dev.devopspack.language.workflow.expression.Expression.Call;
import dev.devopspack.language.workflow.expression.Expression.Comparison;
import dev.devopspack.language.workflow.expression.Expression.Context;
import dev.devopspack.language.workflow.expression.Expression.Operator;
import dev.devopspack.language.workflow.expression.Expression.Or;
import dev.devopspack.language.workflow.expression.Expression.Property;
import dev.devopspack.language.workflow.expression.Expression.Text;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParserTest {

    @Test
    void orderOfOperatorsIsThatOfGithub() {
        Expression tree = parsed("a == 'x' && !b || c");

        assertEquals(
                new Or(
                        List.of(
                                new And(
                                        List.of(
                                                new Comparison(
                                                        Operator.EQUAL,
                                                        new Context("a", 0, 1),
                                                        new Text("x", 5, 8),
                                                        0,
                                                        8),
                                                new Expression.Not(
                                                        new Context("b", 13, 14), 12, 14)),
                                        0,
                                        14),
                                new Context("c", 18, 19)),
                        0,
                        19),
                tree);
    }

    @Test
    void namesOfContextsAreReadInAnyCaseAndPropertiesAsWritten() {
        assertEquals(
                new Property(new Context("github", 0, 6), "Event_Name", 0, 17),
                parsed("GitHub.Event_Name"));
    }

    @Test
    void quoteInStringIsWrittenTwice() {
        assertEquals(
                new Call(
                        "format",
                        List.of(new Text("it's {0}", 7, 18), new Context("a", 20, 21)),
                        0,
                        22),
                parsed("format('it''s {0}', a)"));
    }

    @Test
    void keywordsAreNamesBehindADot() {
        assertEquals(
                new Property(new Context("matrix", 0, 6), "null", 0, 11), parsed("matrix.null"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0x1F",
                "0o17",
                "1.5e-3",
                "NaN",
                "steps.*.outputs['a-b'][0].c",
                "a[*].b",
                "fromJSON(x).y",
                "(a || b).c",
                "!!a",
                "hashFiles('**/*.lock', 'x')",
                "always()",
                "a\n&& b",
            })
    void readsWhatGithubReads(String text) {
        assertTrue(ExpressionParser.parse(text).tree().isPresent(), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a = b|2|'=' is no operator; compare with '=='",
                "a & b|2|'&' is no operator; write '&&' for and",
                "\"a\"|0|a string stands between single quotes, not double ones",
                "'a|0|the string has no closing single quote",
                "a.|2|a property's name or '*' belongs behind '.', not the end",
                "a b|2|'b' does not belong here; an operator is missing before it",
                "f(a,|4|the expression ends where a value belongs",
                "a[1|3|']' belongs here, not the end",
                "a + b|2|'+' is no number",
                "1a|0|'1a' is no number",
                "a ==|4|the expression ends where a value belongs",
            })
    void saysWhatIsWrongAndWhere(String text, int start, String message) {
        ExpressionParser.Parsed parsed = ExpressionParser.parse(text);

        assertEquals(Optional.empty(), parsed.tree());
        assertEquals(message, parsed.problems().getFirst().message());
        assertEquals(start, parsed.problems().getFirst().start());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "!", "a[", "f(", "a.b == "})
    void hostileDepthIsRefused(String piece) {
        assertFalse(ExpressionParser.parse(piece.repeat(4_000) + "x").tree().isPresent());
    }

    @Test
    void manyOperandsAreNoDepth() {
        Expression tree = parsed("a || ".repeat(2_000) + "b");

        assertEquals(2_001, tree.children().size());
    }

    @Test
    void pathsAreReadHoweverTheyAreWritten() {
        assertEquals(
                List.of(
                        new ContextPath("github.event.issue.title", false, 0, 30),
                        new ContextPath("matrix.*", true, 35, 49),
                        new ContextPath("env.b", false, 42, 47)),
                ContextPath.in(parsed("github['event'].issue['TITLE']  == matrix[env.b ]")));
    }

    private static Expression parsed(String text) {
        ExpressionParser.Parsed parsed = ExpressionParser.parse(text);
        assertEquals(List.of(), parsed.problems());
        return parsed.tree().orElseThrow();
    }
}
