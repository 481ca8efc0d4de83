package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Expr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Changes single arguments in the text of a file and leaves everything else as it stands:
/// comments, order, and layout that is not canonical. A file in canonical layout stays in it.
public final class HclEdit {

    private static final String INDENT = "  ";

    private final String text;
    private final List<Change> changes = new ArrayList<>();

    private HclEdit(String text) {
        this.text = text;
    }

    /// @param end offset after what is replaced; where it is the start something is put in
    private record Change(int start, int end, String by) {}

    /// The file with an argument of one of its top blocks set to a literal. Blocks on the way are
    /// made where there are none; where there are several the argument is set in each.
    ///
    /// @param block which of the file's top blocks
    /// @param path names of blocks, then the argument's
    /// @param value `Boolean`, `Long`, `String` or a list of these
    /// @return empty where the argument's value is computed, or comes from a `dynamic` block or an
    ///   object: whoever wrote that has to decide
    public static Optional<String> set(String text, int block, List<String> path, Object value) {
        return edit(text, block, (edit, of) -> edit.set(of, path, literal(value)));
    }

    /// The file without an argument or the blocks at a path.
    ///
    /// @return empty where there is none, or its value is computed
    public static Optional<String> remove(String text, int block, List<String> path) {
        return edit(text, block, (edit, of) -> edit.remove(of, path));
    }

    private interface Step {
        boolean on(HclEdit edit, Block block);
    }

    private static Optional<String> edit(String text, int block, Step step) {
        ParsedFile file = HclParser.parse("", text);
        if (!file.valid() || block >= file.body().blocks().size()) {
            return Optional.empty();
        }
        HclEdit edit = new HclEdit(text);
        if (!step.on(edit, file.body().blocks().get(block)) || edit.changes.isEmpty()) {
            return Optional.empty();
        }
        String changed = edit.apply();
        return HclFormat.isCanonical(text)
                ? HclFormat.canonical(changed)
                : Optional.of(changed).filter(each -> HclParser.parse("", each).valid());
    }

    private String apply() {
        changes.sort(Comparator.comparingInt(Change::start).reversed());
        StringBuilder edited = new StringBuilder(text);
        changes.forEach(change -> edited.replace(change.start(), change.end(), change.by()));
        return edited.toString();
    }

    private boolean set(Block block, List<String> path, String literal) {
        String name = path.getFirst();
        if (isComputed(block, name)) {
            return false;
        }
        Optional<Attribute> written = block.body().attribute(name);
        if (path.size() == 1) {
            if (written.isEmpty()) {
                return block.body().blocks(name).isEmpty()
                        && insert(block, List.of(name + " = " + literal));
            }
            return isLiteral(written.get().value())
                    && replace(written.get().value().span(), literal);
        }
        if (written.isPresent()) {
            return false;
        }
        List<String> rest = path.subList(1, path.size());
        List<Block> inside = block.body().blocks(name);
        if (inside.isEmpty()) {
            return insert(block, lines(path, literal));
        }
        return inside.stream().allMatch(each -> set(each, rest, literal));
    }

    private boolean remove(Block block, List<String> path) {
        String name = path.getFirst();
        if (isComputed(block, name)) {
            return false;
        }
        List<Block> inside = block.body().blocks(name);
        if (path.size() > 1) {
            List<String> rest = path.subList(1, path.size());
            return !inside.isEmpty() && inside.stream().allMatch(each -> remove(each, rest));
        }
        Optional<Attribute> written = block.body().attribute(name);
        if (written.isPresent()) {
            return isLiteral(written.get().value()) && cut(written.get().span());
        }
        return !inside.isEmpty() && inside.stream().allMatch(each -> cut(each.span()));
    }

    /// A `dynamic` block makes blocks of this name, or the block itself is made so.
    private static boolean isComputed(Block block, String name) {
        return block.body().blocks("dynamic").stream()
                .anyMatch(each -> each.labels().equals(List.of(name)));
    }

    private static boolean isLiteral(Expr value) {
        return switch (value) {
            case Hcl.Bool _, Hcl.Num _, Hcl.Null _ -> true;
            case Hcl.Template template -> template.literal().isPresent() && !template.heredoc();
            case Hcl.Tuple tuple -> tuple.items().stream().allMatch(HclEdit::isLiteral);
            default -> false;
        };
    }

    private boolean replace(Span span, String by) {
        changes.add(new Change(span.start(), span.end(), by));
        return true;
    }

    /// Whole lines, where nothing else stands on them.
    private boolean cut(Span span) {
        int start = lineStart(span.start());
        int end = lineEnd(span.end());
        String before = text.substring(start, span.start());
        String behind = text.substring(span.end(), end);
        if (!before.isBlank() || !(behind.isBlank() || isComment(behind))) {
            return false;
        }
        changes.add(new Change(start, Math.min(end + 1, text.length()), ""));
        return true;
    }

    private static boolean isComment(String behind) {
        return behind.strip().startsWith("#") || behind.strip().startsWith("//");
    }

    /// Behind the last argument, or at the end of a block that has none.
    private boolean insert(Block block, List<String> lines) {
        int close = block.span().end() - 1;
        String indent = indentOf(block.span().start());
        String newline = text.contains("\r\n") ? "\r\n" : "\n";
        StringBuilder added = new StringBuilder();
        lines.forEach(line -> added.append(indent).append(INDENT).append(line).append(newline));
        Optional<Attribute> last =
                block.body().attributes().stream()
                        .max(Comparator.comparingInt(each -> each.span().end()));
        if (last.isPresent() && lineEnd(last.get().span().end()) < close) {
            int after = lineEnd(last.get().span().end()) + 1;
            changes.add(new Change(after, after, added.toString()));
            return true;
        }
        int start = lineStart(close);
        if (text.substring(start, close).isBlank() && start > block.header().end()) {
            changes.add(new Change(start, start, added.toString()));
            return true;
        }
        return spread(block, close, added.toString(), indent, newline);
    }

    /// A block on one line gets lines of its own.
    private boolean spread(Block block, int close, String added, String indent, String newline) {
        int open = text.indexOf('{', block.header().end());
        if (open < 0 || open > close) {
            return false;
        }
        String inside = text.substring(open + 1, close).strip();
        String kept = inside.isEmpty() ? "" : indent + INDENT + inside + newline;
        changes.add(new Change(open + 1, close, newline + kept + added + indent));
        return !inside.contains("\n");
    }

    private static List<String> lines(List<String> path, String literal) {
        List<String> lines = new ArrayList<>();
        for (int depth = 0; depth < path.size() - 1; depth++) {
            lines.add(INDENT.repeat(depth) + path.get(depth) + " {");
        }
        lines.add(INDENT.repeat(path.size() - 1) + path.getLast() + " = " + literal);
        for (int depth = path.size() - 2; depth >= 0; depth--) {
            lines.add(INDENT.repeat(depth) + "}");
        }
        return lines;
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    private int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end;
    }

    private String indentOf(int offset) {
        int start = lineStart(offset);
        int end = start;
        while (end < offset && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    private static String literal(Object value) {
        return switch (value) {
            case List<?> list ->
                    "["
                            + String.join(
                                    ", ",
                                    list.stream().map(each -> literal((Object) each)).toList())
                            + "]";
            case String text -> "\"" + StringLiterals.escaped(text) + "\"";
            default -> String.valueOf(value);
        };
    }
}
