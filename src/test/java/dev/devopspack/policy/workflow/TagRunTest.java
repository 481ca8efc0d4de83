package dev.devopspack.policy.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.language.workflow.expression.ExpressionParser;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagRunTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "startsWith(github.ref, 'refs/tags/');true",
                "!startsWith(github.ref, 'refs/tags/');false",
                "github.ref_type != 'tag';false",
                "github.event_name == 'push' && github.ref_type == 'tag';true",
                "github.event_name == 'release' || matrix.a;",
                "matrix.a && false;false",
                "github.head_ref;false",
                "contains(github.ref, 'v1');true",
                "matrix.os == 'linux';",
            })
    void knowsWhatATagDecides(String expression, Boolean expected) {
        assertEquals(
                Optional.ofNullable(expected),
                new TagRun("push").isTrue(ExpressionParser.parse(expression).tree().orElseThrow()));
    }
}
