package dev.devopspack.policy;

import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A scan as one JSON document: what `scan --format json` prints.
public final class ScanJson {

    private ScanJson() {}

    public static String of(ScanResult result) {
        return JsonText.of(document(result));
    }

    /// Writes it without ever holding all of its text.
    public static void write(ScanResult result, Writer out) {
        Map<String, Object> document = head(result);
        document.put("findings", FindingsJson.of(result.findings(), result.excused()));
        document.put("unknowns", FindingsJson.of(result.unknowns(), Set.of()));
        foot(result, document);
        JsonText.write(document, out);
    }

    /// The same as plain maps and lists, for a tool's structured answer.
    public static Map<String, Object> document(ScanResult result) {
        Map<String, Object> document = head(result);
        Set<Finding> excused = result.excused();
        document.put(
                "findings",
                result.findings().stream()
                        .map(finding -> finding(finding, excused.contains(finding)))
                        .toList());
        document.put("unknowns", result.unknowns().stream().map(f -> finding(f, false)).toList());
        foot(result, document);
        return document;
    }

    private static Map<String, Object> head(ScanResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", "devops-pack/scan/v1");
        document.put("ruleset", result.ruleset().value());
        document.put("complete", result.complete());
        document.put("files", result.files());
        document.put("resources", result.resources());
        document.put("unjudged", result.unjudged());
        result.kubernetes().ifPresent(version -> document.put("kubernetes", version.text()));
        return document;
    }

    private static void foot(ScanResult result, Map<String, Object> document) {
        document.put("unreadable", result.unreadable().stream().map(ScanJson::unreadable).toList());
        document.put("errors", result.errors().stream().map(ScanResult.RuleError::text).toList());
        document.put(
                "suppressions", result.suppressions().stream().map(ScanJson::suppression).toList());
        document.put("rules", result.tallies().stream().map(ScanJson::tally).toList());
    }

    private static Map<String, Object> unreadable(ScanResult.Unreadable place) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", place.file());
        document.put("line", place.line());
        document.put("column", place.column());
        document.put("message", place.message());
        return document;
    }

    /// {@link FindingsJson} writes the same.
    private static Map<String, Object> finding(Finding finding, boolean suppressed) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rule", finding.rule());
        document.put("title", finding.title());
        document.put("severity", finding.severity().label());
        document.put("file", finding.file());
        document.put("line", finding.line());
        document.put("column", finding.column());
        if (finding.resource() != null) {
            document.put("resource", finding.resource());
        }
        document.put("message", finding.message());
        document.put("mend", finding.mend());
        if (finding.source() != null) {
            document.put("source", finding.source());
        }
        document.put("suppressed", suppressed);
        return document;
    }

    private static Map<String, Object> suppression(ScanResult.Suppression suppression) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", suppression.id());
        document.put("tool", suppression.tool());
        document.put("reason", suppression.reason());
        document.put("file", suppression.file());
        document.put("line", suppression.line());
        document.put("counts", suppression.counts());
        document.put("covers", suppression.covers().stream().map(Finding::rule).toList());
        return document;
    }

    private static Map<String, Object> tally(ScanResult.Tally tally) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rule", tally.rule());
        document.put("severity", tally.severity().label());
        document.put("weight", tally.severity().weight());
        document.put("passed", tally.passed());
        document.put("failed", tally.failed());
        document.put("unknown", tally.unknown());
        return document;
    }
}
