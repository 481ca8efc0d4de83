package dev.devopspack.specialist.security;

import dev.devopspack.policy.Finding;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.ScanResult.Tally;
import dev.devopspack.policy.Score;
import dev.devopspack.policy.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A scan in the words of a report: lines that an assistant can act on, and all facts behind them.
///
/// @param least the least severity that is listed
record ScanReport(ScanResult scan, Severity least) {

    /// More lines are no help in one answer; the facts have more.
    private static final int MAX_LINES = 25;

    /// An answer is read by a model that pays for each word; the command line lists all.
    static final int MAX_FACTS = 300;

    /// Places of one rule in one file that are named beside the first.
    private static final int MAX_PLACES = 8;

    /// The worst first: first the sums, then a line for each rule and file.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        lines.addAll(limited(groups().stream().map(ScanReport::line).toList()));
        scan.unreadable().forEach(place -> lines.add("unreadable " + place.text()));
        scan.errors().forEach(error -> lines.add("no answer of " + error.text()));
        lines.addAll(
                limited(
                        scan.unknowns().stream()
                                .map(it ->
                                        "unknown " + it.rule() + " " + at(it) + ": " + it.message())
                                .distinct()
                                .toList()));
        scan.suppressions().stream().limit(MAX_LINES).forEach(it -> lines.add(suppression(it)));
        if (!scan.unjudged().isEmpty()) {
            lines.add(
                    "judged by no rule: "
                            + scan.unjudged().entrySet().stream()
                                    .map(each -> each.getValue() + " " + each.getKey())
                                    .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static List<String> limited(List<String> lines) {
        if (lines.size() <= MAX_LINES) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, MAX_LINES));
        shown.add("… and " + (lines.size() - MAX_LINES) + " more");
        return shown;
    }

    /// For example `2 findings (1 critical, 1 high); score 61.0 % (weight 36 of 59); 1 unknown`.
    String headline() {
        List<Finding> open = open();
        String bySeverity =
                Arrays.stream(Severity.values())
                        .filter(severity -> count(open, severity) > 0)
                        .map(severity -> count(open, severity) + " " + severity.label())
                        .collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder();
        text.append(open.size()).append(open.size() == 1 ? " finding" : " findings");
        if (!bySeverity.isEmpty()) {
            text.append(" (").append(bySeverity).append(')');
        }
        text.append("; ").append(scoreText(scan));
        append(text, scan.unknowns().size(), "unknown");
        append(text, scan.findings().size() - scan.open().size(), "suppressed");
        append(text, hidden(), "below " + least.label() + " not listed");
        append(text, scan.unreadable().size(), "unreadable");
        return text.toString();
    }

    static String scoreText(ScanResult scan) {
        return scan.score().map(ScanReport::text).orElse("no rule judged anything that weighs");
    }

    private static String text(Score score) {
        return "score "
                + score.text()
                + " (weight "
                + score.earned()
                + " of "
                + score.possible()
                + ")";
    }

    private static void append(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append("; ").append(count).append(' ').append(what);
        }
    }

    private static long count(Collection<Finding> findings, Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }

    /// The open findings that are listed, the worst first.
    List<Finding> open() {
        return scan.open().stream()
                .filter(finding -> finding.severity().compareTo(least) <= 0)
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    private long hidden() {
        return scan.open().stream()
                .filter(finding -> finding.severity().compareTo(least) > 0)
                .count();
    }

    /// The findings of one rule in one file belong together: they are mended together.
    private Collection<List<Finding>> groups() {
        return open().stream()
                .collect(
                        Collectors.groupingBy(
                                finding -> finding.rule() + "\n" + finding.file(),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .values();
    }

    private static String line(List<Finding> group) {
        Finding first = group.getFirst();
        return first.severity().label()
                + " "
                + first.rule()
                + " "
                + at(first)
                + ": "
                + first.message()
                + "."
                + others(group)
                + " "
                + first.mend();
    }

    private static String others(List<Finding> group) {
        if (group.size() == 1) {
            return "";
        }
        List<String> places =
                group.stream().skip(1).limit(MAX_PLACES).map(ScanReport::place).distinct().toList();
        int more = group.size() - 1 - MAX_PLACES;
        return " Also "
                + String.join(", ", places)
                + (more > 0 ? " and " + more + " more" : "")
                + ".";
    }

    private static String place(Finding finding) {
        return finding.line() + (finding.resource() == null ? "" : " " + finding.resource());
    }

    static String at(Finding finding) {
        return finding.file()
                + (finding.line() > 0 ? ":" + finding.line() : "")
                + (finding.resource() == null ? "" : " " + finding.resource());
    }

    private static String suppression(ScanResult.Suppression suppression) {
        return "suppressed by a comment at "
                + suppression.file()
                + ":"
                + suppression.line()
                + ": "
                + (suppression.covers().isEmpty()
                        ? suppression.id() + " covers nothing"
                        : suppression.covers().stream()
                                .map(Finding::rule)
                                .distinct()
                                .collect(Collectors.joining(", ")))
                + " ("
                + (suppression.reason().isBlank() ? "no reason given" : suppression.reason())
                + (suppression.counts() ? "" : "; not followed")
                + "). A gate follows it only with a person's waiver.";
    }

    /// Plain JSON values.
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("ruleset", scan.ruleset().value());
        facts.put("complete", scan.complete());
        facts.put("files", scan.files());
        facts.put("resources", scan.resources());
        scan.score().ifPresent(score -> facts.put("score", score(score)));
        List<Finding> open = open();
        facts.put("findings", open.stream().limit(MAX_FACTS).map(ScanReport::finding).toList());
        if (open.size() > MAX_FACTS) {
            facts.put("findings_left_out", open.size() - MAX_FACTS);
        }
        Set<Finding> followed = new HashSet<>(scan.open());
        facts.put(
                "suppressed",
                scan.findings().stream()
                        .filter(finding -> !followed.contains(finding))
                        .limit(MAX_FACTS)
                        .map(ScanReport::finding)
                        .toList());
        facts.put(
                "unknowns",
                scan.unknowns().stream().limit(MAX_FACTS).map(ScanReport::finding).toList());
        facts.put(
                "unreadable", scan.unreadable().stream().map(ScanResult.Unreadable::text).toList());
        facts.put("unjudged", scan.unjudged());
        return facts;
    }

    /// So that the number can be added up by hand.
    private Map<String, Object> score(Score score) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("percent", score.text());
        document.put("earned", score.earned());
        document.put("possible", score.possible());
        Map<String, Object> weights = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            List<Tally> tallies =
                    scan.tallies().stream().filter(it -> it.severity() == severity).toList();
            if (!tallies.isEmpty()) {
                weights.put(severity.label(), weighed(severity, tallies));
            }
        }
        document.put("by_severity", weights);
        return document;
    }

    private static Map<String, Object> weighed(Severity severity, List<Tally> tallies) {
        Map<String, Object> weighed = new LinkedHashMap<>();
        weighed.put("weight", severity.weight());
        weighed.put("held", tallies.stream().mapToInt(Tally::passed).sum());
        weighed.put("failed", tallies.stream().mapToInt(Tally::failed).sum());
        weighed.put("unknown", tallies.stream().mapToInt(Tally::unknown).sum());
        return weighed;
    }

    static Map<String, Object> finding(Finding finding) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rule", finding.rule());
        document.put("severity", finding.severity().label());
        document.put("file", finding.file());
        document.put("line", finding.line());
        if (finding.resource() != null) {
            document.put("resource", finding.resource());
        }
        document.put("message", finding.message());
        document.put("mend", finding.mend());
        return document;
    }
}
