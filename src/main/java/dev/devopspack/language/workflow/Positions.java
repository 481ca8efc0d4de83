package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Style;
import java.util.Arrays;

/// Where the characters of a scalar's content stand in the file, through quotes, escapes, folding
/// and indentation.
final class Positions {

    private final String text;
    private final int[] lineStarts;

    Positions(YamlFile file) {
        this.text = file.text();
        this.lineStarts = lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[(int) text.chars().filter(c -> c == '\n').count() + 1];
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                starts[line++] = i + 1;
            }
        }
        return starts;
    }

    Span span(int start, int end) {
        int first = line(start);
        int last = line(end);
        return new Span(
                start,
                end,
                first + 1,
                start - lineStarts[first] + 1,
                last + 1,
                end - lineStarts[last] + 1);
    }

    private int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    /// The offset in the file of each character of the content, and of its end.
    int[] offsets(Scalar scalar) {
        String content = scalar.content();
        int[] offsets = new int[content.length() + 1];
        int end = Math.min(scalar.span().end(), text.length());
        int at = begin(scalar, end);
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            while (at < end - 1 && text.charAt(at) != c && isSkipped(at, c)) {
                at++;
            }
            offsets[i] = Math.min(at, Math.max(end - 1, 0));
            at += isEscape(at, c) ? 2 : 1;
        }
        offsets[content.length()] = Math.min(at, end);
        return offsets;
    }

    private int begin(Scalar scalar, int end) {
        int start = Math.min(scalar.span().start(), end);
        if (scalar.style() != Style.LITERAL && scalar.style() != Style.FOLDED) {
            return start;
        }
        int line = text.indexOf('\n', start);
        return line < 0 || line >= end ? start : line + 1;
    }

    /// Indentation, the quotes around and the breaks that folding takes away.
    private boolean isSkipped(int at, char wanted) {
        char written = text.charAt(at);
        boolean isFoldedBreak = wanted == ' ' && (written == '\n' || written == '\r');
        boolean isSkippable =
                written == ' '
                        || written == '\t'
                        || written == '\n'
                        || written == '\r'
                        || written == '\''
                        || written == '"';
        return isSkippable && !isFoldedBreak;
    }

    private boolean isEscape(int at, char wanted) {
        return at < text.length() && text.charAt(at) == '\\' && wanted != '\\';
    }
}
