package dev.devopspack.language.hcl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HclEditTest {

    @Test
    void missingBlocksAreMadeOnTheWay() {
        assertEquals(
                Optional.of(
                        """
                        resource "a" "b" {
                          c = 1
                          d {
                            e {
                              f = "x"
                            }
                          }
                        }
                        """),
                HclEdit.set(
                        "resource \"a\" \"b\" {\n  c = 1\n}\n", 0, List.of("d", "e", "f"), "x"));
    }

    @Test
    void argumentIsSetInEachOfSeveralBlocks() {
        assertEquals(
                Optional.of("a {\n  b {\n    c = true\n  }\n  b {\n    c = true\n  }\n}\n"),
                HclEdit.set(
                        "a {\n  b {\n    c = false\n  }\n  b {\n  }\n}\n",
                        0,
                        List.of("b", "c"),
                        true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a {}\n", "a {\n}\n", "a { }\n", "a {}"})
    void emptyBlockGetsItsFirstArgument(String text) {
        assertEquals(
                "a {\n  b = 1\n}",
                HclEdit.set(text, 0, List.of("b"), 1L).map(String::strip).orElse(""));
    }

    @Test
    void blockOnOneLineGetsLinesOfItsOwn() {
        assertEquals(
                Optional.of("a {\n  b = 1\n  c = true\n}\n"),
                HclEdit.set("a { b = 1 }\n", 0, List.of("c"), true));
    }

    @Test
    void heredocAndCommentsBehindTheLastArgumentStayWhole() {
        assertEquals(
                Optional.of("a {\n  b = <<-X\n    }\n  X\n  c = true\n\n  # the end\n}\n"),
                HclEdit.set(
                        "a {\n  b = <<-X\n    }\n  X\n\n  # the end\n}\n", 0, List.of("c"), true));
    }

    @Test
    void lineEndsOfWindowsStay() {
        assertEquals(
                Optional.of(
                        "a {\r\n  b = 1\r\n  c = \"q\\\"${".replace("${", "$${") + "\"\r\n}\r\n"),
                HclEdit.set("a {\r\n  b = 1\r\n}\r\n", 0, List.of("c"), "q\"${"));
    }

    @Test
    void layoutThatIsNotCanonicalIsKept() {
        assertEquals(
                Optional.of("a {\n    b   =   true\n    long_name = 1\n}\n"),
                HclEdit.set(
                        "a {\n    b   =   false\n    long_name = 1\n}\n", 0, List.of("b"), true));
    }

    /// Whoever computes a value has to decide themselves.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a {\n  b = var.b\n}\n",
                "a {\n  b = \"${var.b}\"\n}\n",
                "a {\n  b = [var.b]\n}\n",
                "a {\n  b = <<X\nx\nX\n}\n",
                "a {\n  b = c ? 1 : 2\n}\n",
                "a {\n  dynamic \"b\" {\n    for_each = []\n    content {}\n  }\n}\n",
                "a {\n  b {\n  }\n}\n",
                "a {\n  b = \n}\n",
                "",
                "}{",
            })
    void whatIsComputedOrBrokenIsLeftAlone(String text) {
        assertEquals(Optional.empty(), HclEdit.set(text, 0, List.of("b"), true));
    }

    @Test
    void pathThroughAnArgumentIsLeftAlone() {
        assertEquals(
                Optional.empty(),
                HclEdit.set("a {\n  b = { c = 1 }\n}\n", 0, List.of("b", "c"), 2L));
    }

    @Test
    void argumentsAndBlocksAreCutOutWithTheirLines() {
        assertEquals(
                Optional.of("a {\n  c = 2\n}\n"),
                HclEdit.remove("a {\n  b = 1 # old\n  c = 2\n}\n", 0, List.of("b")));
        assertEquals(
                Optional.of("a {\n  c = 2\n}\n"),
                HclEdit.remove("a {\n  c = 2\n  b {\n    d = 1\n  }\n}\n", 0, List.of("b")));
        assertEquals(Optional.empty(), HclEdit.remove("a { b = 1 }\n", 0, List.of("b")));
        assertEquals(Optional.empty(), HclEdit.remove("a {\n}\n", 0, List.of("b")));
    }
}
