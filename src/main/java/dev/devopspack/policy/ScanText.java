package dev.devopspack.policy;

import dev.devopspack.change.Hidden;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// A scan as text for people: each finding with its line, a caret and the mend.
public final class ScanText {

    /// Longer lines are cut around the caret: a terminal is about this wide.
    private static final int WIDTH = 100;

    private ScanText() {}

    /// @param texts a file's text by its name, for the lines that are shown
    public static String of(ScanResult result, Function<String, Optional<String>> texts) {
        StringBuilder out = new StringBuilder();
        List<Finding> open = result.open();
        open.forEach(finding -> finding(out, finding, texts));
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

    private static void finding(
            StringBuilder out, Finding finding, Function<String, Optional<String>> texts) {
        out.append(finding.severity().label().toUpperCase(Locale.ROOT))
                .append(' ')
                .append(finding.rule())
                .append(' ')
                .append(place(finding))
                .append(": ")
                .append(finding.message())
                .append('\n');
        texts.apply(finding.file())
                .filter(text -> finding.line() > 0 && !isSecret(finding))
                .ifPresent(text -> excerpt(out, finding, text));
        out.append("  ").append(finding.mend()).append("\n\n");
    }

    /// A secret's line would show the secret.
    private static boolean isSecret(Finding finding) {
        return finding.resource() == null;
    }

    private static void excerpt(StringBuilder out, Finding finding, String text) {
        List<String> lines = text.lines().toList();
        if (finding.line() > lines.size()) {
            return;
        }
        String plain = Redactor.redact(lines.get(finding.line() - 1)).text();
        String line = Hidden.marked(plain.replace('\t', ' '));
        String cut = line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line;
        String number = String.valueOf(finding.line());
        out.append("  ").append(number).append(" | ").append(cut).append('\n');
        if (finding.column() > 0 && finding.column() <= cut.length()) {
            out.append("  ")
                    .repeat(' ', number.length())
                    .append(" | ")
                    .repeat(' ', finding.column() - 1)
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
        return open.size()
                + (open.size() == 1 ? " finding" : " findings")
                + " in "
                + result.evaluations()
                + " evaluations of "
                + result.resources()
                + " resources in "
                + result.files()
                + " files; "
                + result.unknowns().size()
                + " unknown; "
                + (result.complete() ? "everything was read." : "not everything could be read.")
                + "\n";
    }
}
