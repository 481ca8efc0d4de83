package dev.devopspack.language.yaml;

import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Changes single values in the text of a YAML file and leaves everything else as it stands.
///
/// It is careful: where a change would touch an alias, a merge key, a block of text or JSON, it
/// makes none.
public final class YamlEdit {

    private static final String INDENT = "  ";

    /// Read as text by every version of YAML.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

    /// Read as something else by one of them.
    private static final Pattern WORD =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf");

    private final String text;
    private final String newline;

    private YamlEdit(String text) {
        this.text = text;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /// The file with a value set. Mappings on the way are made where there are none.
    ///
    /// @param document which of the file's documents
    /// @param steps keys and indexes to the mapping that is changed; it has to be there
    /// @param path keys from there, the last one the value's
    /// @param value `Boolean`, `Long`, `String`, a list of these, or an empty mapping
    /// @return empty where that cannot be done without touching more
    public static Optional<String> set(
            String text,
            YamlSchema schema,
            int document,
            List<String> steps,
            List<String> path,
            Object value) {
        return mapping(text, schema, document, steps)
                .flatMap(mapping -> new YamlEdit(text).set(mapping, path, literal(value)))
                .filter(edited -> Yaml.read("", edited, schema).valid());
    }

    /// The file without a key and its value.
    ///
    /// @return empty where there is none, or it cannot be cut out by itself
    public static Optional<String> remove(
            String text, YamlSchema schema, int document, List<String> steps, List<String> path) {
        return mapping(text, schema, document, steps)
                .flatMap(mapping -> new YamlEdit(text).remove(mapping, path))
                .filter(edited -> Yaml.read("", edited, schema).valid());
    }

    /// Which mapping it is.
    ///
    /// @param steps keys and indexes from the document's root
    public record Where(int document, List<String> steps) {
        public Where {
            steps = List.copyOf(steps);
        }
    }

    /// The mapping that begins at an offset of the file, or whose key does.
    public static Optional<Where> find(String text, YamlSchema schema, int offset) {
        YamlFile file = Yaml.read("", text, schema);
        for (int document = 0; document < file.documents().size(); document++) {
            List<String> steps = new ArrayList<>();
            if (find(file.documents().get(document), offset, steps)) {
                return Optional.of(new Where(document, steps));
            }
        }
        return Optional.empty();
    }

    private static boolean find(YamlNode node, int offset, List<String> steps) {
        if (node instanceof Mapping && node.span().start() == offset) {
            return true;
        }
        for (Entry entry : node.entries().values()) {
            if (isOwn(entry)) {
                steps.add(entry.key());
                boolean isIt = entry.node().span().start() == offset;
                if (isIt || find(entry.value(), offset, steps)) {
                    return true;
                }
                steps.removeLast();
            }
        }
        for (int i = 0; i < node.items().size(); i++) {
            steps.add(String.valueOf(i));
            if (find(node.items().get(i), offset, steps)) {
                return true;
            }
            steps.removeLast();
        }
        return false;
    }

    private static Optional<Mapping> mapping(
            String text, YamlSchema schema, int document, List<String> steps) {
        YamlFile file = Yaml.read("", text, schema);
        if (!file.valid() || document >= file.documents().size()) {
            return Optional.empty();
        }
        YamlNode node = file.documents().get(document);
        for (String step : steps) {
            Optional<YamlNode> next =
                    node instanceof Mapping mapping
                            ? mapping.entry(step).filter(YamlEdit::isOwn).map(Entry::value)
                            : item(node, step);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            node = next.get();
        }
        return node instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    private static Optional<YamlNode> item(YamlNode node, String step) {
        boolean isIndex = step.matches("[0-9]{1,6}");
        return isIndex && Integer.parseInt(step) < node.items().size()
                ? Optional.of(node.items().get(Integer.parseInt(step)))
                : Optional.empty();
    }

    /// Neither merged nor an alias: what stands here is what is meant.
    private static boolean isOwn(Entry entry) {
        return !entry.merged() && entry.value().span().start() >= entry.node().span().start();
    }

    private Optional<String> set(Mapping mapping, List<String> path, String literal) {
        Optional<Entry> entry = mapping.entry(path.getFirst());
        if (entry.isEmpty()) {
            return insert(mapping, path, literal);
        }
        if (!isOwn(entry.get())) {
            return Optional.empty();
        }
        YamlNode value = entry.get().value();
        if (path.size() > 1) {
            return value instanceof Mapping inner
                    ? set(inner, path.subList(1, path.size()), literal)
                    : Optional.empty();
        }
        return isOneLine(entry.get()) && value.span().end() > value.span().start()
                ? Optional.of(replaced(value.span().start(), value.span().end(), literal))
                : Optional.empty();
    }

    private Optional<String> remove(Mapping mapping, List<String> path) {
        Optional<Entry> entry = mapping.entry(path.getFirst()).filter(YamlEdit::isOwn);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        if (path.size() > 1) {
            return entry.get().value() instanceof Mapping inner
                    ? remove(inner, path.subList(1, path.size()))
                    : Optional.empty();
        }
        int start = lineStart(entry.get().node().span().start());
        boolean startsLine = text.substring(start, entry.get().node().span().start()).isBlank();
        // The last key of a mapping would leave a key without a value.
        if (mapping.flow()
                || !startsLine
                || !isOneLine(entry.get())
                || mapping.entries().size() < 2) {
            return Optional.empty();
        }
        return Optional.of(replaced(start, nextLine(entry.get().value().span().end()), ""));
    }

    private Optional<String> insert(Mapping mapping, List<String> path, String literal) {
        if (mapping.flow()) {
            return insertFlow(mapping, path, literal);
        }
        int column = mapping.span().column() - 1;
        String lines = lines(path, literal, " ".repeat(column));
        Optional<Entry> before =
                mapping.entries().values().stream()
                        .filter(entry -> isOwn(entry) && isOneLine(entry))
                        .max(Comparator.comparingInt(entry -> entry.node().span().start()));
        if (before.isPresent()) {
            int at = nextLine(before.get().value().span().end());
            boolean ends = at == text.length() && !text.endsWith("\n");
            return Optional.of(replaced(at, at, ends ? newline + lines.strip() : lines))
                    .filter(edited -> !ends || column == 0);
        }
        int start = lineStart(mapping.span().start());
        return text.substring(start, mapping.span().start()).isBlank()
                ? Optional.of(replaced(start, start, lines))
                : Optional.empty();
    }

    /// `{}` and `{a: 1}`; JSON, whose keys are quoted, is left alone.
    private Optional<String> insertFlow(Mapping mapping, List<String> path, String literal) {
        int close = mapping.span().end() - 1;
        boolean isJson =
                text.stripLeading().startsWith("{")
                        || mapping.entries().values().stream()
                                .anyMatch(entry -> entry.node().style() != Style.PLAIN);
        if (isJson || close < 0 || close >= text.length() || text.charAt(close) != '}') {
            return Optional.empty();
        }
        StringBuilder added = new StringBuilder(mapping.entries().isEmpty() ? "" : ", ");
        for (int i = 0; i < path.size() - 1; i++) {
            added.append(path.get(i)).append(": {");
        }
        added.append(path.getLast()).append(": ").append(literal);
        added.append("}".repeat(path.size() - 1));
        int at = close;
        while (at > 0 && text.charAt(at - 1) == ' ') {
            at--;
        }
        return Optional.of(replaced(at, at, added.toString()));
    }

    private String lines(List<String> path, String literal, String indent) {
        List<String> lines = new ArrayList<>();
        for (int depth = 0; depth < path.size() - 1; depth++) {
            lines.add(indent + INDENT.repeat(depth) + key(path.get(depth)) + ":");
        }
        lines.add(indent + INDENT.repeat(path.size() - 1) + key(path.getLast()) + ": " + literal);
        return String.join(newline, lines) + newline;
    }

    private static String key(String key) {
        return PLAIN.matcher(key).matches() ? key : quoted(key);
    }

    /// A scalar without quotes or in quotes that ends on the line of its key.
    private static boolean isOneLine(Entry entry) {
        return entry.value() instanceof Scalar scalar
                && scalar.style() != Style.LITERAL
                && scalar.style() != Style.FOLDED
                && scalar.span().line() == entry.node().span().line()
                && scalar.span().endLine() == entry.node().span().line();
    }

    private String replaced(int start, int end, String by) {
        return text.substring(0, start) + by + text.substring(end);
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    private int nextLine(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end + 1;
    }

    private static String literal(Object value) {
        return switch (value) {
            case List<?> list ->
                    "["
                            + String.join(
                                    ", ",
                                    list.stream().map(each -> literal((Object) each)).toList())
                            + "]";
            case String word ->
                    PLAIN.matcher(word).matches() && !WORD.matcher(word).matches()
                            ? word
                            : quoted(word);
            default -> String.valueOf(value);
        };
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
