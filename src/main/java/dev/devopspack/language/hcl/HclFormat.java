package dev.devopspack.language.hcl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The canonical layout of HCL, the one `terraform fmt` writes.
public final class HclFormat {

    private HclFormat() {}

    /// The text in canonical layout. Comments and blank lines stay.
    ///
    /// @return empty if the text is not valid HCL, which has no canonical layout
    public static Optional<String> canonical(String text) {
        if (text.length() > Limits.FILE_CHARS) {
            return Optional.empty();
        }
        ParsedFile file = HclParser.parse("", text);
        if (!file.valid()) {
            return Optional.empty();
        }
        List<FormatToken> tokens = CanonicalTokens.of(file);
        arrange(tokens);
        return Optional.of(written(file, tokens));
    }

    /// Whether `terraform fmt` would leave the text as it is; false for text that is not valid.
    public static boolean isCanonical(String text) {
        return canonical(text).filter(text::equals).isPresent();
    }

    static void arrange(List<FormatToken> tokens) {
        List<FormatLine> lines = FormatLine.of(tokens);
        indent(lines);
        for (FormatLine line : lines) {
            space(line.lead());
            space(line.assign());
        }
        align(lines, FormatLine::assign, line -> FormatLine.columns(line.lead()));
        align(
                lines,
                FormatLine::comment,
                line -> FormatLine.columns(line.lead()) + FormatLine.columns(line.assign()));
    }

    private static String written(ParsedFile file, List<FormatToken> tokens) {
        StringBuilder text = new StringBuilder(file.text().length() + 64);
        for (FormatToken token : tokens) {
            text.repeat(' ', token.spacesBefore()).append(token.text());
        }
        return text.repeat(' ', spacesAtEnd(file.text(), tokens)).toString();
    }

    /// Terraform leaves the spaces behind the last token of a file.
    private static int spacesAtEnd(String text, List<FormatToken> tokens) {
        int start = text.length();
        while (start > 0 && isBlank(text.charAt(start - 1))) {
            start--;
        }
        boolean inComment =
                start < text.length()
                        && !tokens.isEmpty()
                        && isBlank(
                                tokens.getLast()
                                        .text()
                                        .charAt(tokens.getLast().text().length() - 1));
        return inComment ? 0 : text.length() - start;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /// Two spaces for each line before that opened more brackets than it closed.
    private static void indent(List<FormatLine> lines) {
        List<Integer> opened = new ArrayList<>();
        for (FormatLine line : lines) {
            if (line.lead().isEmpty()) {
                continue;
            }
            FormatToken first = line.lead().getFirst();
            if (first.kind() == TokenKind.NEWLINE) {
                first.spacesBefore(0);
                continue;
            }
            int net = FormatLine.brackets(line.lead()) + FormatLine.brackets(line.assign());
            if (net < 0) {
                close(opened, -net);
            }
            first.spacesBefore(2 * opened.size());
            if (net > 0) {
                opened.add(net);
            }
        }
    }

    private static void close(List<Integer> opened, int brackets) {
        int closed = brackets;
        while (closed > 0 && !opened.isEmpty()) {
            int last = opened.removeLast();
            if (closed < last) {
                opened.add(last - closed);
            }
            closed -= last;
        }
    }

    private static void space(List<FormatToken> tokens) {
        TokenKind before = TokenKind.END;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            FormatToken token = tokens.get(i);
            FormatToken after = tokens.get(i + 1);
            after.spacesBefore(Spacing.follows(before, token, after) ? 1 : 0);
            before = token.kind();
        }
    }

    /// Puts a cell into the same column on all lines that have it, one after the other.
    private static void align(
            List<FormatLine> lines,
            Function<FormatLine, List<FormatToken>> cell,
            Function<FormatLine, Integer> columnsBefore) {
        int start = 0;
        while (start < lines.size()) {
            int end = start;
            int widest = 0;
            while (end < lines.size() && !cell.apply(lines.get(end)).isEmpty()) {
                widest = Math.max(widest, columnsBefore.apply(lines.get(end)));
                end++;
            }
            for (FormatLine line : lines.subList(start, end)) {
                cell.apply(line).getFirst().spacesBefore(widest - columnsBefore.apply(line) + 1);
            }
            start = Math.max(end, start + 1);
        }
    }
}
