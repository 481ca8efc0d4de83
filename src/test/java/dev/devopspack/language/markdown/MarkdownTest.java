package dev.devopspack.language.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void aTextIsNoMarkup() {
        assertEquals(
                "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~f\\~ \\| \\\\ \\$g &lt;h&gt; &amp;amp; ‹U+202E›",
                new Inline.Text("*a* _b_ `c` [d](e) ~f~ | \\ $g <h> &amp; \u202E").printed());
    }

    @Test
    void aTextBeginsNoBlock() {
        assertEquals("\\# a", paragraph("# a"));
        assertEquals("\\- a", paragraph("- a"));
        assertEquals("\\+ a", paragraph("+ a"));
        assertEquals("1\\. a", paragraph("1. a"));
        assertEquals("12\\) a", paragraph("12) a"));
        assertEquals("&gt; a", paragraph("> a"));
        assertEquals("\\=== a", paragraph("=== a"));
        assertEquals("a‹U+000A›# b", paragraph("a\n# b"));
    }

    private static String paragraph(String text) {
        return new Block.Paragraph(List.of(new Inline.Text(text))).printed();
    }

    @Test
    void codeIsFencedLongerThanWhatItHolds() {
        assertEquals("`a`", new Inline.Code("a").printed());
        assertEquals("``a`b``", new Inline.Code("a`b").printed());
        assertEquals("`` `a ``", new Inline.Code("`a").printed());
        assertEquals("````bash\n```\n````", new Block.Fence("bash", "```").printed());
    }

    @Test
    void aCellEndsWhereItEnds() {
        Block table =
                new Block.Table(
                        List.of("a|b", "c"),
                        List.of(
                                List.of(
                                        List.of(new Inline.Code("x | y")),
                                        List.of(new Inline.Text("z|")))));

        assertEquals("| a\\|b | c |\n| --- | --- |\n| `x \\| y` | z\\| |", table.printed());
    }

    @Test
    void marksAreReadInTheSentenceAndNeverInAValue() {
        assertEquals(
                "**strong \\*\\*x\\*\\*** `code y` \\`z\\` \\{\\}".replace("\\{\\}", "{}"),
                Inline.printed(
                        Prose.of("**strong {}** `code {}` {} {}", "**x**", "y", "`z`", "{}")));
    }

    @Test
    void aSentenceAndItsValuesBelongTogether() {
        assertThrows(IllegalArgumentException.class, () -> Prose.of("{}"));
        assertThrows(IllegalArgumentException.class, () -> Prose.of("a", "b"));
        assertThrows(IllegalArgumentException.class, () -> Prose.of("`a"));
        assertThrows(IllegalArgumentException.class, () -> Prose.of("**a"));
    }

    @Test
    void aLinkLeadsToTheWeb() {
        assertEquals(
                "[a\\](b](<https://c.example/(d)>)",
                new Inline.Link("a](b", URI.create("https://c.example/(d)")).printed());
        for (String target :
                List.of("javascript:a", "data:,a", "/a", "https:a", "https://u:p@a.example/")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Inline.Link("a", URI.create(target)),
                    target);
        }
    }

    @Test
    void listsNest() {
        Block list =
                new Block.Items(
                        Block.Mark.BULLET,
                        List.of(
                                new Block.Item(
                                        Prose.of("a"), List.of(Block.Item.of(Prose.of("b")))),
                                Block.Item.of(Prose.of("c"))));

        assertEquals("- a\n  - b\n- c", list.printed());
    }

    @Test
    void aFlowchartIsNoMarkup() {
        Flowchart chart =
                new Flowchart(
                        List.of(
                                new Flowchart.Node(Flowchart.Shape.QUESTION, "a\"] --> b{c}; %%"),
                                new Flowchart.Node(Flowchart.Shape.END, "<b> `d` #e")),
                        List.of(new Flowchart.Edge(0, "f|g", 1)));

        assertEquals(
                """
                flowchart TD
                  n0{"a#34;#93; --#62; b#123;c#125;#59; #37;#37;"}
                  n1(["#60;b#62; #96;d#96; #35;e"])
                  n0 -->|"f#124;g"| n1\
                """,
                chart.printed());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Flowchart(List.of(), List.of(new Flowchart.Edge(0, "a", 0))));
    }
}
