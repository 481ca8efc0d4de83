package dev.devopspack.language.hcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.hcl.HclElement.Argument;
import dev.devopspack.language.hcl.HclElement.BlankLine;
import dev.devopspack.language.hcl.HclElement.Block;
import dev.devopspack.language.hcl.HclElement.Comment;
import dev.devopspack.language.hcl.HclExpression.Literal;
import dev.devopspack.language.hcl.HclExpression.Traversal;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.language.hcl.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HclPrinterTest {

    @Test
    void valuesArePrintedAlignedAndInTheOrderGiven() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("name", Value.of("payments"));
        values.put("node_count", Value.of(3));
        values.put("private", Value.Bool.TRUE);
        values.put("zones", Value.list(List.of(Value.of("a"), Value.of("b"))));
        values.put("tags", Value.object(Map.of("team", Value.of("core"), "a b", Value.Null.VALUE)));
        values.put("empty", Value.object(Map.of()));

        assertEquals(
                """
                name       = "payments"
                node_count = 3
                private    = true
                zones      = ["a", "b"]
                tags = {
                  "a b" = null
                  team  = "core"
                }
                empty = {}
                """,
                HclPrinter.tfvars(values));
    }

    @Test
    void blocksAndReferencesArePrinted() {
        String text =
                HclPrinter.file(
                        List.of(
                                new Comment("written by a program\nsecond line"),
                                new Block(
                                        "module",
                                        List.of("net"),
                                        List.of(
                                                new Argument(
                                                        "source", new Literal(Value.of("./net"))),
                                                new Argument(
                                                        "vpc_id",
                                                        Traversal.of("aws_vpc", "this", "id")))),
                                new BlankLine(),
                                new Block("locals", List.of(), List.of())));

        assertEquals(
                """
                # written by a program
                # second line
                module "net" {
                  source = "./net"
                  vpc_id = aws_vpc.this.id
                }

                locals {}
                """,
                text);
    }

    @Test
    void noTextBreaksOutOfItsQuotes() {
        List<String> texts =
                List.of(
                        "${file(\"/etc/passwd\")}",
                        "%{ if true }x%{ endif }",
                        "$${a}",
                        "$$$${a}",
                        "\"\n}\nresource \"x\" \"y\" {}",
                        "back\\slash\\",
                        "a\u0000b\u0007\u007f",
                        "\u202Eevil\u2066",
                        "tab\tcr\r",
                        "é😀\u2028",
                        "$",
                        "%",
                        "${",
                        "a$",
                        "<<EOT\nx\nEOT\n",
                        "");
        for (String text : texts) {
            String printed =
                    HclPrinter.tfvars(
                            Map.of("value", Value.object(Map.of("k" + text, Value.of(text)))));

            ParsedFile parsed = HclParser.parse("x.tfvars", printed);
            assertEquals(List.of(), parsed.diagnostics());
            assertEquals(1, parsed.body().attributes().size());
            assertTrue(printed.chars().allMatch(c -> c == '\n' || c >= ' '), printed);
            assertEquals(
                    Value.object(Map.of("k" + text, Value.of(text))),
                    ModuleEvaluator.evaluate(
                                    ModuleFiles.of(
                                            Map.of(
                                                    "main.tf",
                                                    "variable \"value\" {}\n",
                                                    "terraform.tfvars",
                                                    printed)))
                            .variables()
                            .getFirst()
                            .value());
        }
    }

    @Test
    void whatIsNoNameIsRefused() {
        Literal one = new Literal(Value.of(1));

        assertThrows(IllegalArgumentException.class, () -> new Argument("a = 1\nb", one));
        assertThrows(IllegalArgumentException.class, () -> new Block("a b", List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> Traversal.of("a", "b[0]"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Literal(Value.list(List.of(Value.Unknown.because("later")))));
    }

    @Test
    void aCommentCannotEndItsLine() {
        assertEquals(
                "# a\n#\n# bU+0000c U+202Ed\n",
                HclPrinter.file(List.of(new Comment("a\n\nb\u0000c \u202Ed"))));
    }
}
