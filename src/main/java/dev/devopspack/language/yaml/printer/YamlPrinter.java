package dev.devopspack.language.yaml.printer;

import dev.devopspack.language.yaml.printer.YamlValue.Entry;
import dev.devopspack.language.yaml.printer.YamlValue.Item;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a value as YAML, the same for YAML 1.1 and 1.2: two spaces a level, lists indented, `\n`
/// as line break and at the end.
public final class YamlPrinter {

    private static final int STEP = 2;

    private final StringBuilder out = new StringBuilder();

    private YamlPrinter() {}

    /// @param header comment lines at the top, without `#`
    public static String document(List<String> header, YamlValue.Mapping root) {
        if (root.entries().isEmpty()) {
            throw new IllegalArgumentException("a document holds something");
        }
        YamlPrinter printer = new YamlPrinter();
        Comments.checked(header).forEach(line -> printer.comment(line, 0));
        printer.entries(root.entries(), 0, false);
        return printer.out.toString();
    }

    /// @param firstInline whether the first entry continues a line, as it does after `- `
    private void entries(List<Entry> entries, int indent, boolean firstInline) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean inline = firstInline && i == 0;
            if (!inline) {
                before(entry.above(), entry.blankBefore(), indent);
                indent(indent);
            }
            out.append(Scalars.key(entry.key())).append(':');
            value(entry.value(), indent);
            if (entry.beside() != null) {
                out.insert(out.length() - 1, " # " + entry.beside());
            }
        }
    }

    private void before(List<String> above, boolean blank, int indent) {
        if (blank) {
            out.append('\n');
        }
        above.forEach(line -> comment(line, indent));
    }

    private void comment(String line, int indent) {
        indent(indent);
        out.append("# ").append(line).append('\n');
    }

    private void indent(int columns) {
        out.repeat(' ', columns);
    }

    /// What stands after a key's `:`, up to the end of the line or of the lines below.
    private void value(YamlValue value, int indent) {
        switch (value) {
            case YamlValue.Mapping mapping when mapping.entries().isEmpty() -> out.append(" {}\n");
            case YamlValue.Sequence list when list.items().isEmpty() -> out.append(" []\n");
            case YamlValue.Mapping mapping -> {
                out.append('\n');
                entries(mapping.entries(), indent + STEP, false);
            }
            case YamlValue.Sequence list -> {
                out.append('\n');
                list.items().forEach(item -> item(item, indent + STEP));
            }
            case YamlValue.Block block when Scalars.fitsBlock(block.value()) ->
                    block(block.value(), indent + STEP);
            case YamlValue.Block _,
                    YamlValue.Text _,
                    YamlValue.Bool _,
                    YamlValue.Whole _,
                    YamlValue.Flow _ ->
                    out.append(' ').append(oneLine(value)).append('\n');
        }
    }

    private void item(Item item, int indent) {
        before(item.above(), item.blankBefore(), indent);
        indent(indent);
        out.append('-');
        if (item.value() instanceof YamlValue.Mapping mapping && !mapping.entries().isEmpty()) {
            out.append(' ');
            entries(mapping.entries(), indent + STEP, true);
        } else {
            value(item.value(), indent);
        }
    }

    private void block(String text, int indent) {
        out.append(text.endsWith("\n") ? " |\n" : " |-\n");
        text.lines()
                .forEach(line -> {
                    indent(line.isEmpty() ? 0 : indent);
                    out.append(line).append('\n');
                });
    }

    private static String oneLine(YamlValue value) {
        return switch (value) {
            case YamlValue.Text text -> Scalars.of(text.value(), false);
            case YamlValue.Block block -> Scalars.of(block.value(), false);
            case YamlValue.Bool bool -> String.valueOf(bool.value());
            case YamlValue.Whole whole -> String.valueOf(whole.value());
            case YamlValue.Flow flow ->
                    flow.items().stream()
                            .map(item -> Scalars.of(item, true))
                            .collect(Collectors.joining(", ", "[", "]"));
            case YamlValue.Mapping _, YamlValue.Sequence _ ->
                    throw new IllegalArgumentException("it does not fit on one line");
        };
    }
}
