package dev.devopspack.review;

import dev.devopspack.change.Digest;
import java.text.Normalizer;
import java.util.List;
import java.util.function.Function;

/// Collects the lines of a signed text. A line that would be two is a broken promise.
final class TextLines {

    private static final int LABEL_WIDTH = 14;

    private final StringBuilder out = new StringBuilder();

    void line(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a line holds a line end");
        }
        out.append(text.stripTrailing()).append('\n');
    }

    /// An empty line and a title.
    void heading(String title) {
        line("");
        line(title);
    }

    void field(String label, String value) {
        line("  " + padded(label, LABEL_WIDTH) + value);
    }

    /// As many lines as fit; the rest is counted, and the digest over all of them is shown.
    <T> void bounded(List<T> items, int max, String what, Function<T, String> asLine) {
        List<String> lines = items.stream().map(asLine).toList();
        lines.stream().limit(max).forEach(this::line);
        if (lines.size() > max) {
            more(lines, max, what);
        }
    }

    private void more(List<String> lines, int shown, String what) {
        Digest all = Digest.of(String.join("\n", lines) + "\n");
        line(
                "  … and "
                        + (lines.size() - shown)
                        + " more "
                        + what
                        + "; all "
                        + lines.size()
                        + " lines: "
                        + all.value());
    }

    /// Names divided by commas; what does not fit is counted.
    static String list(List<String> names, int max) {
        String shown = String.join(", ", names.stream().limit(max).map(Shown::name).toList());
        return names.size() <= max ? shown : shown + ", … and " + (names.size() - max) + " more";
    }

    static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    String text() {
        String text = out.toString();
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw new IllegalStateException("the text is not in Unicode normal form C");
        }
        return text;
    }
}
