package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cel.common.CelOptions;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.condition.Problem;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLanguageTest {

    private static final CelOptions OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

    private static final CelCompiler COMPILER =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addVar("self", SimpleType.DYN)
                    .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    /// CEL's own runtime says what is right, errors included.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 2 * 3 == 7 && 7 - 2 - 1 == 4",
                "-self.n + 1",
                "--1",
                "!!self.yes",
                "!!!self.yes",
                "self.n - -1",
                "9223372036854775807 + 1",
                "'a' + 'b'",
                "[1, 2] + [3]",
                "size('aü😀') + size([1, 2]) + 'abc'.size()",
                "size(self.object)",
                "size(self.none)",
                "1.5 * 2.0",
                "self.n * 2.0",
                "self.n < 2.5",
                "2.5 >= self.n",
                "'b' > 'a'",
                "false < true",
                "'a' < self.n",
                "self.n ? 1 : 2",
                "self.yes ? 'a' : self.missing.deeper",
                "self.yes || self.n",
                "false && self.n",
                "self.n && true",
                "self.list.all(x, x > 0)",
                "self.list.all(x, x > 1)",
                "self.list.all(x, x > 'a')",
                "self.list.exists(x, x == 3)",
                "self.list.exists(x, x == 'a' || x == 2)",
                "self.list.exists_one(x, x > 2)",
                "self.list.exists_one(x, x > 1)",
                "self.list.filter(x, x > 1).map(y, y * 2)",
                "self.list.map(x, x > 1, x + 1)",
                "self.list.map(x, self.list.filter(y, y < x))",
                "self.list.map(x, self.list.map(x, x))",
                "self.object.all(name, name.size() == 1)",
                "self.n.all(x, x)",
                "[].all(x, x)",
                "[].exists(x, x)",
                "self.list[0] + self.list[2]",
                "self.list[3]",
                "self.list[-1]",
                "self.object['b']",
                "self.object['absent']",
                "self.object.a",
                "self.n.field",
                "{'a': [1], 'b': 2}['a'][0]",
                "{'a': 1, 'a': 2}",
                "int('12') + int(3.9) + int(-3.9)",
                "int('1.5')",
                "double('1.5') + double(2)",
                "duration('90s') < duration('1h30m')",
                "duration('1.5h') == duration('90m')",
                "duration('-5ms') < duration('5us')",
                "duration('90')",
                "duration('s')",
                "duration('1.s')",
                "1 in [1, 2]",
                "'a' in {'a': 1}",
                "'z' in self.object",
                "\"it's\" + '\"' + '\\n\\t\\\\'",
                "1 < 2 == true",
                "self.yes ? (false ? 1 : 2) : 3",
                "((((1))))",
            })
    void expressionsGiveWhatCelGives(String text) throws Exception {
        Object ours = value(text, SELF);

        Object theirs;
        try {
            theirs =
                    RUNTIME.createProgram(COMPILER.compile(text).getAst())
                            .eval(Map.of("self", SELF));
        } catch (CelEvaluationException e) {
            assertInstanceOf(Problem.class, ours, text);
            return;
        }
        assertEquals(theirs, ours);
    }

    /// Nor does what has no value, as long as the other side answers.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
                    self.open == 1 ; unknown
                    self.open.deeper.still ; unknown
                    self.open || true ; true
                    self.open || false ; unknown
                    self.open && false ; false
                    self.n || true ; true
                    self.n && false ; false
                    self.open && self.n ; unknown
                    self.n && self.open ; unknown
                    self.open ? 1 : 2 ; unknown
                    !self.open ; unknown
                    self.open + 1 ; unknown
                    self.open[0] ; unknown
                    size(self.open) ; unknown
                    size([self.open, 1]) ; 2
                    1 in [self.open, 1] ; true
                    1 in [self.open, 2] ; unknown
                    [self.open, 1].exists(x, x == 1) ; true
                    [self.open, 1].all(x, x == 2) ; false
                    [self.open, 1].all(x, x == 1) ; unknown
                    self.open.all(x, x == 1) ; unknown
                    size([self.open, 1].filter(x, x == 1)) ; unknown
                    [1, 1].exists_one(x, x == self.open) ; unknown
                    self.given == null ; false
                    self.at('given') == null ; false
                    self.open == null ; unknown
                    self.open < 'a' ; unknown
                    """)
    void whatIsNotKnownDecidesNothing(String text, String answer) {
        Object value = value(text, SELF);

        assertEquals(answer, value instanceof CelUnknownSet ? "unknown" : String.valueOf(value));
    }

    @Test
    void allReasonsWhyAnAnswerIsNotKnownAreTold() {
        Object value = value("self.open == 1 || self.given == 2", SELF);

        assertEquals(
                "aws_x.a.arn is known after an apply; var.open has no value",
                Unknowns.why((CelUnknownSet) value));
    }

    @Test
    void conditionThatDoesNotEndInTimeIsAProblem() {
        String list = "[" + "1,".repeat(200) + "1]";

        Object value = value(list + ".all(x, " + list + ".all(y, x == y))", SELF);

        assertInstanceOf(Problem.class, value);
    }

    /// What terms have no word for is left to CEL itself.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
                    size(b'abc') ; 3
                    string(self.n) ; 2
                    timestamp('2026-01-02T00:00:00Z').getFullYear() ; 2026
                    r'\\d' == 'a' ; false
                    '''a''' + "b" ; ab
                    1u + 2u ; 3
                    7 % 4 ; 3
                    """)
    void rareExpressionsAreLeftToCel(String text, String value) {
        assertEquals(value, String.valueOf(value(text, SELF)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "self.",
                "self..a",
                "(1",
                "[1",
                "{1}",
                "{1:",
                "a.b(",
                "1 +",
                "'a",
                "\"a\n\"",
                "in",
                "self.a b",
                "1 ? 2",
                "&&",
                "-",
                "!",
                "self.list.all(1, true)",
                "@",
                "\\",
                "$x",
                "é",
                "'\\q'",
                "for",
                "x",
                "1.",
                "99999999999999999999",
                "self.has()",
                "has(self.a)"
            })
    void whatIsNoExpressionIsRefusedWithItsPlace(String text) {
        InvalidInput refusal = assertThrows(InvalidInput.class, () -> checked(text));

        assertEquals("rule.yaml:3", refusal.where().substring(0, 11));
    }

    @Test
    void nestingThatIsTooDeepIsRefused() {
        assertThrows(InvalidInput.class, () -> checked("(".repeat(300) + "1" + ")".repeat(300)));
        assertThrows(InvalidInput.class, () -> checked("[".repeat(300) + "]".repeat(300)));
        assertThrows(
                InvalidInput.class, () -> checked("!(".repeat(300) + "true" + ")".repeat(300)));
    }

    private static final Attributes SELF = self();

    private static Attributes self() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("n", 2L);
        values.put("yes", true);
        values.put("none", NullValue.NULL_VALUE);
        values.put("list", List.of(1L, 2L, 3L));
        values.put("object", new LinkedHashMap<>(Map.of("a", 1L, "b", 2L)));
        values.put("open", Unknowns.because("var.open has no value"));
        values.put("given", Unknowns.given("aws_x.a.arn is known after an apply"));
        return new Attributes(values);
    }

    private static Object value(String text, Attributes self) {
        return RuleLanguage.program(new Rule.Expression(text, "rule.yaml", 3, 10), Map.of())
                .value()
                .apply(self);
    }

    private static void checked(String text) {
        CheckedLanguage.get().program(new Rule.Expression(text, "rule.yaml", 3, 10), Map.of());
    }
}
