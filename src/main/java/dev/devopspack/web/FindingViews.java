package dev.devopspack.web;

import dev.devopspack.change.Hidden;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Findings with the line they are about and the way to mend it, the gravest first.
final class FindingViews {

    /// More is no list to read but a module to rework.
    private static final int MAX_FINDINGS = 300;

    /// The lines of a diff that begin with `---` and `+++`.
    private static final int NAMES_OF_FILE = 2;

    private FindingViews() {}

    /// @param patches by the finding that each mends
    static List<ChangeSetPage.FindingView> of(
            Verdicts verdicts, FileViews files, Map<Finding, String> patches) {
        return of(
                verdicts.list().stream()
                        .map(Verdict::findings)
                        .flatMap(List::stream)
                        .distinct()
                        .toList(),
                files,
                patches);
    }

    /// @param files null where only the place is shown
    static List<ChangeSetPage.FindingView> of(List<Finding> findings, @Nullable FileViews files) {
        return of(findings, files, Map.of());
    }

    private static List<ChangeSetPage.FindingView> of(
            List<Finding> findings, @Nullable FileViews files, Map<Finding, String> patches) {
        List<ChangeSetPage.FindingView> views = new ArrayList<>();
        findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MAX_FINDINGS)
                .forEach(finding ->
                        views.add(
                                view(
                                        finding,
                                        files,
                                        patch(patches.get(finding)),
                                        views.size() + 1)));
        return List.copyOf(views);
    }

    private static ChangeSetPage.FindingView view(
            Finding finding,
            @Nullable FileViews files,
            ChangeSetPage.@Nullable Patch patch,
            int number) {
        String tone = tone(finding.severity());
        return new ChangeSetPage.FindingView(
                "finding-" + number,
                finding.rule(),
                finding.file(),
                Objects.requireNonNullElse(finding.resource(), ""),
                finding.message(),
                finding.title(),
                new Pill(finding.severity().label(), tone),
                tone,
                Hidden.marked(place(finding)),
                files == null ? "" : files.anchor(finding.file(), finding.line()),
                Hidden.marked(finding.message()),
                Hidden.marked(finding.mend()),
                link(finding.source()),
                files == null
                        ? List.of()
                        : files.excerpt(finding.file(), finding.line(), finding.column()),
                patch);
    }

    /// @param diff unified, of one file
    static ChangeSetPage.@Nullable Patch patch(@Nullable String diff) {
        if (diff == null) {
            return null;
        }
        return new ChangeSetPage.Patch(
                diff, diff.lines().skip(NAMES_OF_FILE).map(FindingViews::row).toList());
    }

    private static LineDifference.Row row(String line) {
        String text = Hidden.marked(line.isEmpty() ? "" : line.substring(1));
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> new LineDifference.Row("+", text, "new");
            case '-' -> new LineDifference.Row("-", text, "gone");
            case ' ' -> new LineDifference.Row(" ", text, "");
            default -> new LineDifference.Row("…", Hidden.marked(line), "left-out");
        };
    }

    /// A rule's own address; a user's rule cannot make it anything but a page.
    static @Nullable String link(@Nullable String source) {
        return source != null && source.startsWith("https://") ? source : null;
    }

    private static String place(Finding finding) {
        StringBuilder place = new StringBuilder(finding.file());
        if (finding.line() > 0) {
            place.append(':').append(finding.line());
            if (finding.column() > 0) {
                place.append(':').append(finding.column());
            }
        }
        return finding.resource() == null
                ? place.toString()
                : place.append("  ").append(finding.resource()).toString();
    }

    static String tone(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> Pill.BAD;
            case MEDIUM -> Pill.WAIT;
            case LOW, INFO -> Pill.QUIET;
        };
    }
}
