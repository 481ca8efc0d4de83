package dev.devopspack.web;

import dev.devopspack.change.Hidden;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Findings with the line they are about and the way to mend it, the gravest first.
final class FindingViews {

    /// More is no list to read but a module to rework.
    private static final int MAX_FINDINGS = 300;

    private FindingViews() {}

    static List<ChangeSetPage.FindingView> of(Verdicts verdicts, FileViews files) {
        return of(
                verdicts.list().stream()
                        .map(Verdict::findings)
                        .flatMap(List::stream)
                        .distinct()
                        .toList(),
                files);
    }

    /// @param files null where only the place is shown
    static List<ChangeSetPage.FindingView> of(List<Finding> findings, @Nullable FileViews files) {
        List<ChangeSetPage.FindingView> views = new ArrayList<>();
        findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MAX_FINDINGS)
                .forEach(finding -> views.add(view(finding, files, views.size() + 1)));
        return List.copyOf(views);
    }

    private static ChangeSetPage.FindingView view(
            Finding finding, @Nullable FileViews files, int number) {
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
                        : files.excerpt(finding.file(), finding.line(), finding.column()));
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
