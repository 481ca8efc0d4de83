package dev.devopspack.language.workflow.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeCheckerTest {

    private static final Scope SCOPE =
            new Scope(
                    Map.of(
                            "github",
                            Type.only(
                                    Map.of(
                                            "ref", Type.TEXT,
                                            "ref_protected", Type.BOOL,
                                            "event", Type.anyOf(Type.ANY))),
                            "matrix",
                            Type.only(
                                    Map.of(
                                            "os", Type.TEXT,
                                            "list", Type.listOf(Type.NUMBER),
                                            "one", Type.only(Map.of("a", Type.TEXT)))),
                            "steps",
                            Type.only(
                                    Map.of(
                                            "build",
                                            Type.only(Map.of("outputs", Type.anyOf(Type.TEXT)))))),
                    Set.of("always"),
                    "'jobs.<job>.if'");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "github.ref == 'a'",
                "github.ref_protected == 1",
                "github.event.anything.below[0]",
                "matrix.list[0] > 1",
                "matrix.one == null",
                "matrix.one == matrix.one",
                "contains(matrix.list, 1)",
                "contains(github.ref, 'a')",
                "steps.*.outputs.x",
                "steps.build.outputs.any",
                "join(matrix.list, ', ')",
                "format('{{{0}}} {1}', github.ref, 1)",
                "fromJSON('{\"a\": [1]}').a[0]",
                "always()",
                "case(github.ref == 'a', 1, 2)",
                "GITHUB['REF']",
            })
    void nothingIsWrongWithWhatWorks(String text) {
        assertEquals(List.of(), messages(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "githb.ref|there is no context 'githb'; did you mean 'github'?",
                "secrets.A|the context 'secrets' is not there in 'jobs.<job>.if'; there are github, matrix, steps",
                "github.reff|'github' has no 'reff'; did you mean 'ref'?",
                "matrix.toolchain|'matrix' has no 'toolchain'; known are list, one, os",
                "contains(matrix.toolchain, 'x')|'matrix' has no 'toolchain'; known are list, one, os",
                "matrix.os.name|a string has no property 'name'",
                "matrix.list.a|a list has no property 'a'; take an element or write '.*'",
                "matrix.list['a']|an element of a list is taken by a number, not by a string",
                "github[1]|a property is taken by a string, not by a number",
                "matrix.one == 'a'|'==' does not compare an object with a string",
                "matrix.list == matrix.one|'==' does not compare a list with an object",
                "true < false|'<' does not compare a boolean with a boolean",
                "startWith(github.ref, 'a')|there is no function 'startWith'; did you mean 'startsWith'?",
                "startsWith(github.ref)|startsWith() takes 2 arguments, not 1",
                "hashFiles('a')|hashFiles() is not there in 'jobs.<job>.if'",
                "contains(matrix.one, 'a')|argument 1 of contains() cannot be an object; it takes a string or a list",
                "format('{0} {1}', 1)|the format has '{1}' and there is no argument for it",
                "format('x', 1)|the format has no '{0}' for this argument",
                "format('{', 1)|'{' in a format is followed by the number of an argument and '}', or written twice",
                "fromJSON('{')|the argument of fromJSON() is no JSON",
                "case(true, 1)|case() takes at least 3 arguments, not 2",
                "case()|case() takes at least 3 arguments, not 0",
                "format()|format() takes at least 1 arguments, not 0",
                "fromJSON()|fromJSON() takes 1 arguments, not 0",
                "case(true, 1, true, 2)|case() takes pairs of a condition and a value, and a value for all else",
                "fromJSON('{\"a\": 1}').b|'the value' has no 'b'; known are a",
            })
    void saysWhatCannotBeMeant(String text, String message) {
        assertEquals(List.of(message), messages(text));
    }

    @Test
    void valueOfTheMatrixThatIsAskedForMayBeAbsent() {
        assertEquals(List.of(), messages("matrix.toolchain || 'stable'"));
        assertEquals(List.of(), messages("!matrix.experimental"));
        assertEquals(List.of(), messages("matrix.experimental && 'yes' || 'no'"));
        assertEquals(List.of(), messages("matrix.toolchain == 'nightly'"));
        assertEquals(
                List.of("'matrix' has no 'liste'; did you mean 'list'?"),
                messages("matrix.liste || 'all'"));
    }

    @Test
    void typeOfAChoiceIsBoth() {
        assertEquals(Type.TEXT, type("github.ref && 'a' || 'b'"));
        assertEquals(Type.ANY, type("github.ref || 1"));
        assertEquals(Type.BOOL, type("!github.ref"));
        assertEquals(Type.listOf(Type.TEXT), type("fromJSON('[\"a\", \"b\"]')"));
    }

    @Test
    void mergingManyObjectsStaysSmall() {
        Type merged = Type.only(Map.of());
        for (int i = 0; i < 2_000; i++) {
            merged = Type.merged(merged, Type.only(Map.of("key" + i, Type.TEXT)));
        }

        assertEquals(Type.anyOf(Type.ANY).others(), ((Type.ObjectOf) merged).others());
    }

    private static List<String> messages(String text) {
        return check(text).problems().stream().map(ExpressionProblem::message).toList();
    }

    private static Type type(String text) {
        return check(text).type();
    }

    private static TypeChecker.Checked check(String text) {
        return TypeChecker.check(ExpressionParser.parse(text).tree().orElseThrow(), SCOPE);
    }
}
