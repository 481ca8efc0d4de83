package dev.devopspack.language.markdown;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A block of a Markdown document.
public sealed interface Block {

    /// Its lines, without a line feed at the end.
    String printed();

    /// @param level 1 for the document's own title
    record Heading(int level, String text) implements Block {
        @Override
        public String printed() {
            return "#".repeat(level) + " " + new Inline.Text(text).printed();
        }
    }

    record Paragraph(List<Inline> content) implements Block {
        public Paragraph {
            content = List.copyOf(content);
        }

        @Override
        public String printed() {
            return atLineStart(Inline.printed(content));
        }
    }

    /// What must not be overlooked.
    record Quote(List<Inline> content) implements Block {
        public Quote {
            content = List.copyOf(content);
        }

        @Override
        public String printed() {
            return "> " + atLineStart(Inline.printed(content));
        }
    }

    /// @param mark what stands before each item
    record Items(Mark mark, List<Item> items) implements Block {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String printed() {
            StringBuilder out = new StringBuilder();
            append(out, items, "");
            return out.substring(0, out.length() - 1);
        }

        private void append(StringBuilder out, List<Item> list, String indent) {
            for (int i = 0; i < list.size(); i++) {
                String before =
                        switch (mark) {
                            case BULLET -> "- ";
                            case BOX -> "- [ ] ";
                            case NUMBER -> (i + 1) + ". ";
                        };
                out.append(indent)
                        .append(before)
                        .append(atLineStart(Inline.printed(list.get(i).content())))
                        .append('\n');
                append(out, list.get(i).below(), indent + (mark == Mark.NUMBER ? "   " : "  "));
            }
        }
    }

    /// What stands before the items of a list.
    enum Mark {
        BULLET,
        BOX,
        NUMBER
    }

    record Item(List<Inline> content, List<Item> below) {
        public Item {
            content = List.copyOf(content);
            below = List.copyOf(below);
        }

        public static Item of(List<Inline> content) {
            return new Item(content, List.of());
        }
    }

    /// Every row has as many cells as the head.
    record Table(List<String> head, List<List<List<Inline>>> rows) implements Block {
        public Table {
            head = List.copyOf(head);
            int columns = head.size();
            if (rows.stream().anyMatch(row -> row.size() != columns)) {
                throw new IllegalArgumentException("a row has another number of cells");
            }
            rows = List.copyOf(rows);
        }

        @Override
        public String printed() {
            String titles =
                    head.stream()
                            .map(title -> new Inline.Text(title).printed())
                            .collect(Collectors.joining(" | ", "| ", " |"));
            String line = "|" + " --- |".repeat(head.size());
            String body = rows.stream().map(Table::row).collect(Collectors.joining("\n"));
            return titles + "\n" + line + (rows.isEmpty() ? "" : "\n" + body);
        }

        private static String row(List<List<Inline>> cells) {
            return cells.stream().map(Table::cell).collect(Collectors.joining(" | ", "| ", " |"));
        }

        /// In a table `|` ends a cell also within code, unless a backslash stands before it.
        private static String cell(List<Inline> content) {
            return content.stream()
                    .map(piece ->
                            piece instanceof Inline.Code code
                                    ? code.printed().replace("|", "\\|")
                                    : piece.printed())
                    .collect(Collectors.joining());
        }
    }

    /// Lines that are shown as they stand.
    ///
    /// @param info the language, with attributes
    record Fence(String info, String text) implements Block {

        private static final Pattern INFO = Pattern.compile("[a-z]+( \\{[a-z0-9_= -]*})?");
        private static final Pattern TICKS = Pattern.compile("`{3,}");

        public Fence {
            if (!INFO.matcher(info).matches()) {
                throw new IllegalArgumentException("'" + info + "' cannot stand behind a fence");
            }
        }

        @Override
        public String printed() {
            Matcher runs = TICKS.matcher(text);
            int longest = runs.results().mapToInt(run -> run.end() - run.start()).max().orElse(2);
            String fence = "`".repeat(longest + 1);
            return fence + info + "\n" + text + "\n" + fence;
        }
    }

    private static String atLineStart(String line) {
        return LineStart.escaped(line);
    }

    static Block heading(int level, String text) {
        return new Heading(level, text);
    }

    static Block paragraph(String sentence, Object... values) {
        return new Paragraph(Prose.of(sentence, values));
    }

    static Block quote(String sentence, Object... values) {
        return new Quote(Prose.of(sentence, values));
    }

    static Block items(Mark mark, List<List<Inline>> items) {
        return new Items(mark, items.stream().map(Item::of).toList());
    }
}
