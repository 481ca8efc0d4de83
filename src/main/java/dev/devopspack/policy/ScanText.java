package dev.devopspack.policy;

import dev.devopspack.change.Hidden;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A scan as text for people: each finding with its line, a caret and the mend. Hints weigh nothing
/// and are many, so each rule's are one line; the other formats have them one by one.
public final class ScanText {

    /// Longer lines are cut around the caret: a terminal is about this wide.
    private static final int WIDTH = 100;

    /// Nobody reads longer lines, such as the only one of a plan in JSON: their place is told.
    private static final int READABLE = 1_000;

    private final Function<String, Optional<String>> texts;
    private String file = "";
    private List<String> lines = List.of();

    private ScanText(Function<String, Optional<String>> texts) {
        this.texts = texts;
    }

    /// @param texts a file's text by its name, for the lines that are shown
    public static String of(ScanResult result, Function<String, Optional<String>> texts) {
        StringWriter out = new StringWriter();
        write(result, texts, out);
        return out.toString();
    }

    /// Writes it finding by finding.
    ///
    /// @param texts a file's text by its name, for the lines that are shown
    public static void write(
            ScanResult result, Function<String, Optional<String>> texts, Writer out) {
        try {
            new ScanText(texts).write(result, out);
        } catch (IOException e) {
            throw new UncheckedIOException("the result cannot be written", e);
        }
    }

    private void write(ScanResult result, Writer writer) throws IOException {
        List<Finding> open = result.open();
        for (Finding finding : open) {
            if (finding.severity() == Severity.INFO) {
                continue;
            }
            StringBuilder out = new StringBuilder();
            finding(out, finding);
            writer.append(out);
        }
        writer.append(rest(result, open));
    }

    private static String rest(ScanResult result, List<Finding> open) {
        StringBuilder out = new StringBuilder();
        section(out, "Hints, which weigh nothing", hints(open));
        section(
                out,
                "Not known from the files",
                result.unknowns().stream()
                        .map(f -> f.rule() + " " + place(f) + ": " + f.message())
                        .toList());
        section(
                out,
                "Could not be read",
                result.unreadable().stream().map(ScanResult.Unreadable::text).toList());
        section(
                out,
                "Rules that gave no answer",
                result.errors().stream().map(ScanResult.RuleError::text).toList());
        section(
                out,
                "Suppressed by a comment",
                result.suppressions().stream().map(ScanText::suppression).toList());
        out.append(summary(result, open));
        return out.toString();
    }

    private static List<String> hints(List<Finding> open) {
        Map<String, List<Finding>> hints =
                open.stream()
                        .filter(finding -> finding.severity() == Severity.INFO)
                        .collect(
                                Collectors.groupingBy(
                                        Finding::rule, TreeMap::new, Collectors.toList()));
        return hints.values().stream().map(ScanText::hint).toList();
    }

    private static String hint(List<Finding> same) {
        Finding first = same.getFirst();
        String more = same.size() == 1 ? "" : " and " + (same.size() - 1) + " more";
        return first.rule()
                + " "
                + place(first)
                + more
                + ": "
                + first.message()
                + ". "
                + first.mend();
    }

    private void finding(StringBuilder out, Finding finding) {
        out.append(finding.severity().label().toUpperCase(Locale.ROOT))
                .append(' ')
                .append(finding.rule())
                .append(' ')
                .append(place(finding))
                .append(": ")
                .append(finding.message())
                .append('\n');
        if (finding.line() > 0 && !isSecret(finding)) {
            excerpt(out, finding, linesOf(finding.file()));
        }
        out.append("  ").append(finding.mend()).append("\n\n");
    }

    /// Findings come file by file.
    private List<String> linesOf(String name) {
        if (!file.equals(name)) {
            file = name;
            lines = texts.apply(name).map(text -> text.lines().toList()).orElse(List.of());
        }
        return lines;
    }

    /// A secret's line would show the secret.
    private static boolean isSecret(Finding finding) {
        return finding.resource() == null;
    }

    private static void excerpt(StringBuilder out, Finding finding, List<String> lines) {
        if (finding.line() > lines.size()) {
            return;
        }
        String written = lines.get(finding.line() - 1);
        if (written.length() > READABLE) {
            return;
        }
        String line = Hidden.marked(Redactor.redact(written).text().replace('\t', ' '));
        // Where something was replaced, columns are no longer those of the file.
        boolean same = line.equals(written.replace('\t', ' '));
        int caret = same ? finding.column() - 1 : -1;
        int start =
                caret < WIDTH ? 0 : Math.max(0, Math.min(caret - WIDTH / 2, line.length() - WIDTH));
        int end = Math.min(line.length(), start + WIDTH);
        String number = String.valueOf(finding.line());
        out.append("  ")
                .append(number)
                .append(" | ")
                .append(start > 0 ? "…" : "")
                .append(line, start, end)
                .append(end < line.length() ? "…" : "")
                .append('\n');
        if (caret >= 0 && caret < end) {
            out.append("  ")
                    .repeat(' ', number.length())
                    .append(" | ")
                    .repeat(' ', caret - start + (start > 0 ? 1 : 0))
                    .append("^\n");
        }
    }

    private static String place(Finding finding) {
        String place = finding.file() + ":" + finding.line() + ":" + finding.column();
        return finding.resource() == null ? place : place + " " + finding.resource();
    }

    private static String suppression(ScanResult.Suppression suppression) {
        String what =
                suppression.covers().isEmpty()
                        ? "covers nothing"
                        : "covers "
                                + String.join(
                                        ", ",
                                        suppression.covers().stream()
                                                .map(Finding::rule)
                                                .distinct()
                                                .toList());
        String reason = suppression.reason().isBlank() ? "no reason given" : suppression.reason();
        return suppression.file()
                + ":"
                + suppression.line()
                + " "
                + suppression.tool()
                + " "
                + suppression.id()
                + " ("
                + reason
                + "): "
                + (suppression.counts() ? what : "not followed: give a reason");
    }

    private static void section(StringBuilder out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append(title).append(":\n");
            lines.forEach(line -> out.append("  ").append(line).append('\n'));
            out.append('\n');
        }
    }

    private static String summary(ScanResult result, List<Finding> open) {
        long hints = open.stream().filter(each -> each.severity() == Severity.INFO).count();
        long findings = open.size() - hints;
        return counted(findings, "finding")
                + (hints == 0 ? "" : " and " + counted(hints, "hint"))
                + " in "
                + counted(result.evaluations(), "evaluation")
                + " of "
                + counted(result.resources(), "resource")
                + " in "
                + counted(result.files(), "file")
                + "; "
                + result.unknowns().size()
                + " unknown; "
                + (result.complete() ? "everything was read" : "not everything could be read")
                + result.kubernetes()
                        .map(version -> "; manifests for Kubernetes " + version.text())
                        .orElse("")
                + ".\n";
    }

    /// For example `1 file` or `2 files`.
    static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
