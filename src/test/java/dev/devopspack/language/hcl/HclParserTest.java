package dev.devopspack.language.hcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Binary;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.For;
import dev.devopspack.language.hcl.Hcl.Invalid;
import dev.devopspack.language.hcl.Hcl.Splat;
import dev.devopspack.language.hcl.Hcl.Template;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HclParserTest {

    @Test
    void blocksAndArgumentsKnowWhereTheyStand() {
        ParsedFile file =
                HclParser.parse(
                        "main.tf",
                        """
                        resource "aws_s3_bucket" "logs" {
                          bucket = "logs"

                          versioning { enabled = true }
                        }
                        """);

        Block resource = file.body().blocks().getFirst();
        Attribute bucket = resource.body().attribute("bucket").orElseThrow();
        Block versioning = resource.body().blocks().getFirst();
        assertEquals(List.of(), file.diagnostics());
        assertEquals(List.of("aws_s3_bucket", "logs"), resource.labels());
        assertEquals(new Span(0, 86, 1, 1, 5, 2), resource.span());
        assertEquals("resource \"aws_s3_bucket\" \"logs\"", file.text(resource.header()));
        assertEquals(new Span(36, 42, 2, 3, 2, 9), bucket.nameSpan());
        assertEquals("bucket = \"logs\"", file.text(bucket.span()));
        assertEquals("\"logs\"", file.text(bucket.value().span()));
        assertEquals("versioning { enabled = true }", file.text(versioning.span()));
    }

    @Test
    void operatorsBindAsInTerraform() {
        assertEquals("((1 + (2 * 3)) == 7)", shape("1 + 2 * 3 == 7"));
        assertEquals(
                "((a || (b && (!c))) ? x : (y ? 1 : 2))", shape("a || b && !c ? x : y ? 1 : 2"));
        assertEquals("((-a.b) - 1)", shape("-a.b - 1"));
        assertEquals("((10 - 2) - 3)", shape("10 - 2 - 3"));
        assertEquals("((a < b) && (c >= d))", shape("a < b && c >= d"));
    }

    @Test
    void everyKindOfExpressionIsRead() {
        assertEquals("a.b[0][k].c", shape("a.b.0[k].c"));
        assertEquals("a[0].b[1]", shape("a.0.b.1"));
        assertEquals("a[*]<.b.c>[0]", shape("a.*.b.c[0]"));
        assertEquals("a[*]<.b[0].c>", shape("a[*].b[0].c"));
        assertEquals("a[*]<.b[*]<.c>>", shape("a[*].b[*].c"));
        assertEquals("f(a, b...)", shape("f(a, b...)"));
        assertEquals("provider::aws::arn_parse(x)", shape("provider::aws::arn_parse(x)"));
        assertEquals("[1, 2, 3]", shape("[1, 2,\n 3,]"));
        assertEquals("{a: 1, \"b\": 2, (c): 3}", shape("{ a = 1, \"b\" : 2\n (c) = 3 }"));
        assertEquals("[for v in s: v if v]", shape("[for v in s : v if v]"));
        assertEquals("{for k, v in s: k => v...}", shape("{for k, v in s : k => v...}"));
        assertEquals("1200", shape("1.2e3"));
        assertEquals("null", shape("null"));
    }

    @Test
    void stringsMeanWhatTerraformReadsInThem() {
        assertEquals("a\n\t\"\\é😀", literal("\"a\\n\\t\\\"\\\\\\u00e9\\U0001F600\""));
        assertEquals("${a} %{b} $5 100%", literal("\"$${a} %%{b} $5 100%\""));
        assertEquals("one\n  two\n", literal("<<-EOT\n    one\n      two\n    EOT\n"));
        assertEquals("  one\n\\n\n", literal("<<EOT\n  one\n\\n\nEOT\n"));
        assertEquals("a\n\n b\n", literal("<<-X\n  a\n\n   b\n  X\n"));
    }

    @Test
    void templatesNestTheirDirectives() {
        assertEquals(
                "\"a${x}b%{if t}yes%{else}no%{endif}%{for k, v in m}${k}%{endfor}\"",
                shape(
                        "\"a${x}b%{ if t }yes%{ else }no%{ endif }%{ for k, v in m }${k}%{ endfor"
                                + " }\""));
        assertEquals("\"a${x}b\"", shape("\"a  ${~ x ~}  b\""));
        assertEquals("\"${f(\"${x}\")}\"", shape("\"${f(\"${x}\")}\""));
    }

    @Test
    void oneSlipDoesNotHideTheRest() {
        ParsedFile file =
                HclParser.parse(
                        "main.tf",
                        """
                        resource "a" "one" {
                          broken = [1, 2
                          fine   = 1
                        }
                        resource "a" "two" {
                          x = "unclosed
                          y = 2
                        }
                        )
                        resource "a" "three" {
                          z = 3
                        }
                        """);

        assertEquals(
                List.of("one", "two", "three"),
                file.body().blocks().stream().map(b -> b.labels().getLast()).toList());
        assertInstanceOf(Invalid.class, value(file, 0, "broken"));
        assertEquals("1", shape(value(file, 0, "fine")));
        assertEquals("2", shape(value(file, 1, "y")));
        assertEquals("3", shape(value(file, 2, "z")));
        assertEquals(
                List.of(
                        "main.tf:3:3: found \"fine\" where ',' or ']' is expected. Close the list"
                                + " with ']'",
                        "main.tf:6:16: the string is not closed on its line. Close it with '\"', or"
                                + " use a heredoc (<<-EOT) for several lines",
                        "main.tf:9:1: found ')' where an argument or a block is expected. Write name"
                                + " = value, or a block such as name { ... }"),
                file.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void aForgottenBraceEndsAtTheNextTopLevelBlock() {
        ParsedFile file =
                HclParser.parse(
                        "main.tf",
                        """
                        resource "a" "one" {
                          x = 1

                        resource "a" "two" {
                          y = 2
                        }
                        """);

        assertEquals(
                List.of("one", "two"),
                file.body().blocks().stream().map(b -> b.labels().getLast()).toList());
        assertEquals(
                List.of(
                        "main.tf:1:1: the block \"resource\" is not closed. Write '}' where it ends"),
                file.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void anArgumentSetTwiceIsReportedAndTheFirstKept() {
        ParsedFile file = HclParser.parse("main.tf", "a = 1\na = 2\n");

        assertEquals("1", shape(file.body().attributes().getFirst().value()));
        assertEquals(
                List.of(
                        "main.tf:2:1: the argument \"a\" was set before, in line 1. Keep one of the"
                                + " two"),
                file.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void aBraceBehindAnArgumentIsRefusedAsTerraformDoes() {
        ParsedFile file = HclParser.parse("main.tf", "b {\n  a = 1}\nc {\n  d {} }\ne { f = 1 }\n");

        assertEquals(
                List.of(
                        "main.tf:2:8: '}' stands on the line of what it follows. Put '}' on a line of"
                                + " its own",
                        "main.tf:4:8: '}' stands on the line of what it follows. Put '}' on a line of"
                                + " its own"),
                file.diagnostics().stream().map(Diagnostic::text).toList());
        assertEquals(3, file.body().blocks().size());
    }

    @Test
    void commentsOfAllKindsAreKept() {
        ParsedFile file =
                HclParser.parse("main.tf", "# one\na = 1 // two\r\n/* three\n   lines */ b = 2\n");

        assertEquals(
                List.of("# one", "// two", "/* three\n   lines */"),
                file.comments().stream().map(Comment::text).toList());
        assertEquals(2, file.comments().get(1).span().line());
        assertEquals(List.of(), file.diagnostics());
        assertEquals(2, file.body().attributes().size());
    }

    @Test
    void windowsFilesAreReadLikeOthers() {
        byte[] bytes = "\uFEFFa = [\r\n  1,\r\n]\r\nb {\r\n}\r\n".getBytes(StandardCharsets.UTF_8);

        ParsedFile file = HclParser.parse("main.tf", bytes);

        assertEquals(List.of(), file.diagnostics());
        assertEquals("[1]", shape(file.body().attributes().getFirst().value()));
        assertEquals("b", file.body().blocks().getFirst().type());
    }

    @Test
    void bytesThatAreNotUtf8AreReportedWithTheirPlace() {
        byte[] bytes = "a = 1\nb = \"x\"\n".getBytes(StandardCharsets.UTF_8);
        bytes[11] = (byte) 0xC3;

        ParsedFile file = HclParser.parse("main.tf", bytes);

        assertEquals(
                List.of("main.tf:2:6: byte 11 is not UTF-8. Save the file as UTF-8 text"),
                file.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void depthIsBoundedForEveryKindOfNesting() {
        int levels = 20_000;
        List<String> texts =
                List.of(
                        "b {\n".repeat(levels) + "}\n".repeat(levels),
                        "a = " + "[".repeat(levels) + "]".repeat(levels),
                        "a = " + "(".repeat(levels) + "1" + ")".repeat(levels),
                        "a = " + "{x=".repeat(levels) + "1" + "}".repeat(levels),
                        "a = " + "f(".repeat(levels) + ")".repeat(levels),
                        "a = " + "\"${".repeat(levels) + "1" + "}\"".repeat(levels),
                        "a = " + "!".repeat(levels) + "true",
                        "a = " + "-".repeat(levels) + "1",
                        "a = x" + "[y".repeat(levels) + "]".repeat(levels),
                        "a = x" + ".y".repeat(levels),
                        "a = x" + "[*]".repeat(levels),
                        "a = 1" + " + 1".repeat(levels),
                        "a = " + "x ? y : ".repeat(levels) + "z",
                        "a = \"" + "%{ if x }".repeat(levels) + "%{ endif }".repeat(levels) + "\"",
                        "a = " + "[for x in ".repeat(levels) + "y : z]".repeat(levels));

        for (String text : texts) {
            ParsedFile file = HclParser.parse("main.tf", text + "\nlast = 1\n");

            assertFalse(file.valid(), () -> text.substring(0, 20));
            assertTrue(file.diagnostics().size() <= Limits.DIAGNOSTICS);
        }
    }

    @Test
    void whatTerraformRefusesIsRefused() {
        assertEquals(List.of("\"0.1\" is not an index"), problems("a = b.0.1\n"));
        assertEquals(List.of("the escape is not a character"), problems("a = \"\\ud800\"\n"));
        assertEquals(List.of("the heredoc \"E\" is not ended"), problems("a = <<E\nx\nE"));
        assertEquals(List.of(), problems("a = <<E\nx\nE\n"));
    }

    /// The first problem, where there is one.
    private static List<String> problems(String text) {
        return HclParser.parse("test", text).diagnostics().stream()
                .limit(1)
                .map(Diagnostic::message)
                .toList();
    }

    private static Expr value(ParsedFile file, int block, String name) {
        return file.body().blocks().get(block).body().attribute(name).orElseThrow().value();
    }

    private static String literal(String text) {
        HclParser.ParsedExpression parsed = HclParser.parseExpression("test", text);
        assertEquals(List.of(), parsed.diagnostics());
        return ((Template) parsed.expression()).literal().orElseThrow();
    }

    private static String shape(String text) {
        HclParser.ParsedExpression parsed = HclParser.parseExpression("test", text);
        assertEquals(List.of(), parsed.diagnostics());
        return shape(parsed.expression());
    }

    private static String shape(Expr expression) {
        return switch (expression) {
            case Hcl.Num n -> n.value().toPlainString();
            case Hcl.Bool b -> String.valueOf(b.value());
            case Hcl.Null _ -> "null";
            case Hcl.Var v -> v.name();
            case Template t -> "\"" + parts(t.parts()) + "\"";
            case Hcl.Tuple t -> "[" + joined(t.items()) + "]";
            case Hcl.Obj o ->
                    "{"
                            + String.join(
                                    ", ",
                                    o.items().stream()
                                            .map(i -> shape(i.key()) + ": " + shape(i.value()))
                                            .toList())
                            + "}";
            case Hcl.GetAttr g -> shape(g.target()) + "." + g.name();
            case Hcl.Index i -> shape(i.target()) + "[" + shape(i.key()) + "]";
            case Splat s -> shape(s.target()) + "[*]<" + shape(s.rest()) + ">";
            case Hcl.SplatItem _ -> "";
            case Hcl.Call c ->
                    c.name() + "(" + joined(c.arguments()) + (c.expandLast() ? "...)" : ")");
            case Hcl.Conditional c ->
                    "(" + shape(c.test()) + " ? " + shape(c.yes()) + " : " + shape(c.no()) + ")";
            case Binary b ->
                    "("
                            + shape(b.left())
                            + " "
                            + b.operator().sign()
                            + " "
                            + shape(b.right())
                            + ")";
            case Hcl.Unary u -> "(" + u.operator().sign() + shape(u.operand()) + ")";
            case Hcl.Paren p -> "(" + shape(p.inner()) + ")";
            case For f ->
                    (f.key() == null ? "[" : "{")
                            + "for "
                            + (f.keyName() == null ? "" : f.keyName() + ", ")
                            + f.valueName()
                            + " in "
                            + shape(f.source())
                            + ": "
                            + (f.key() == null ? "" : shape(f.key()) + " => ")
                            + shape(f.value())
                            + (f.grouped() ? "..." : "")
                            + (f.filter() == null ? "" : " if " + shape(f.filter()))
                            + (f.key() == null ? "]" : "}");
            case Invalid _ -> "INVALID";
        };
    }

    private static String joined(List<Expr> items) {
        return String.join(", ", items.stream().map(HclParserTest::shape).toList());
    }

    private static String parts(List<Hcl.Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Hcl.Part part : parts) {
            text.append(
                    switch (part) {
                        case Hcl.Text t -> t.value();
                        case Hcl.Interpolation i -> "${" + shape(i.expression()) + "}";
                        case Hcl.IfPart i ->
                                "%{if "
                                        + shape(i.test())
                                        + "}"
                                        + parts(i.yes())
                                        + "%{else}"
                                        + parts(i.no())
                                        + "%{endif}";
                        case Hcl.ForPart f ->
                                "%{for "
                                        + (f.keyName() == null ? "" : f.keyName() + ", ")
                                        + f.valueName()
                                        + " in "
                                        + shape(f.source())
                                        + "}"
                                        + parts(f.body())
                                        + "%{endfor}";
                    });
        }
        return text.toString();
    }
}
