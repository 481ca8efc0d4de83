package dev.devopspack.policy;

import dev.devopspack.change.Digest;
import dev.devopspack.policy.ScanResult.RuleError;
import dev.devopspack.policy.ScanResult.Suppression;
import dev.devopspack.policy.ScanResult.Unreadable;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A scan as SARIF 2.1.0, for code hosts and editors.
///
/// A finding that a comment excuses is there with a `suppressions` entry; what is unknown has the
/// kind `review`; what could not be read or judged is a notification of the invocation.
public final class Sarif {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /// What the fingerprint is made of; another recipe gets another name.
    private static final String FINGERPRINT = "ruleFileResourceMessage/v1";

    private Sarif() {}

    /// @param catalog the rules that judged
    public static String of(ScanResult result, RuleCatalog catalog) {
        StringWriter out = new StringWriter();
        write(result, catalog, out);
        return out.toString();
    }

    /// Writes it result by result.
    ///
    /// @param catalog the rules that judged
    public static void write(ScanResult result, RuleCatalog catalog, Writer out) {
        Map<Finding, List<Suppression>> excuses = new HashMap<>();
        result.suppressions().stream()
                .filter(Suppression::counts)
                .forEach(suppression ->
                        suppression
                                .covers()
                                .forEach(finding ->
                                        excuses.computeIfAbsent(finding, f -> new ArrayList<>())
                                                .add(suppression)));
        Map<String, Object> run = new LinkedHashMap<>();
        List<Rule> rules = rules(result, catalog);
        Map<String, Integer> places = new HashMap<>();
        rules.forEach(rule -> places.put(rule.id(), places.size()));
        run.put("tool", Map.of("driver", driver(rules)));
        run.put("columnKind", "utf16CodeUnits");
        run.put("invocations", List.of(invocation(result)));
        List<Result> results = new ArrayList<>();
        result.findings().forEach(finding -> results.add(new Result(finding, "fail")));
        result.unknowns().forEach(finding -> results.add(new Result(finding, "review")));
        run.put(
                "results",
                JsonText.each(
                        results,
                        shown ->
                                finding(
                                        shown.finding(),
                                        shown.kind(),
                                        places.getOrDefault(shown.finding().rule(), -1),
                                        excuses.getOrDefault(shown.finding(), List.of()))));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", SCHEMA);
        document.put("version", "2.1.0");
        document.put("runs", List.of(run));
        JsonText.write(document, out);
    }

    private record Result(Finding finding, String kind) {}

    /// Those that judged something: a file for a code host need not carry the others.
    private static List<Rule> rules(ScanResult result, RuleCatalog catalog) {
        Set<String> judged = new HashSet<>();
        result.tallies().forEach(tally -> judged.add(tally.rule()));
        result.findings().forEach(finding -> judged.add(finding.rule()));
        result.unknowns().forEach(finding -> judged.add(finding.rule()));
        return catalog.rules().stream().filter(rule -> judged.contains(rule.id())).toList();
    }

    private static Map<String, Object> driver(List<Rule> rules) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "DevOps Pack");
        driver.put("informationUri", "https://github.com/devops-pack/devops-pack");
        driver.put("rules", rules.stream().map(Sarif::rule).toList());
        return driver;
    }

    private static Map<String, Object> rule(Rule rule) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", rule.id());
        document.put("shortDescription", Map.of("text", rule.title()));
        document.put("fullDescription", Map.of("text", rule.why()));
        if (rule.source() != null) {
            document.put("helpUri", rule.source());
        }
        document.put("help", Map.of("text", rule.mend()));
        document.put("defaultConfiguration", Map.of("level", level(rule.severity())));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("tags", List.of("security"));
        properties.put("severity", rule.severity().label());
        properties.put("security-severity", securitySeverity(rule.severity()));
        properties.put("aliases", rule.aliases());
        properties.put("controls", rule.controls());
        document.put("properties", properties);
        return document;
    }

    private static Map<String, Object> finding(
            Finding finding, String kind, int rule, List<Suppression> excuses) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ruleId", finding.rule());
        if (rule >= 0) {
            document.put("ruleIndex", rule);
        }
        document.put("kind", kind);
        document.put("level", kind.equals("fail") ? level(finding.severity()) : "none");
        document.put("message", Map.of("text", finding.message() + ". " + finding.mend()));
        Map<String, Object> location = new LinkedHashMap<>();
        location.put(
                "physicalLocation", physical(finding.file(), finding.line(), finding.column()));
        if (finding.resource() != null) {
            Map<String, Object> logical = new LinkedHashMap<>();
            logical.put("fullyQualifiedName", finding.resource());
            logical.put("kind", "resource");
            location.put("logicalLocations", List.of(logical));
        }
        document.put("locations", List.of(location));
        document.put("partialFingerprints", Map.of(FINGERPRINT, fingerprint(finding)));
        if (!excuses.isEmpty()) {
            document.put("suppressions", excuses.stream().map(Sarif::suppression).toList());
        }
        return document;
    }

    /// The same wherever the finding's lines move to, so that a code host knows it again.
    private static String fingerprint(Finding finding) {
        return Digest.of(
                        String.join(
                                "\n",
                                finding.rule(),
                                finding.file(),
                                String.valueOf(finding.resource()),
                                finding.message()))
                .hex();
    }

    private static Object suppression(Suppression suppression) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", "inSource");
        document.put("justification", suppression.reason());
        document.put(
                "location",
                Map.of("physicalLocation", physical(suppression.file(), suppression.line(), 0)));
        return document;
    }

    private static Map<String, Object> physical(String file, int line, int column) {
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", Map.of("uri", JsonText.uri(file)));
        if (line > 0) {
            Map<String, Object> region = new LinkedHashMap<>();
            region.put("startLine", line);
            if (column > 0) {
                region.put("startColumn", column);
            }
            physical.put("region", region);
        }
        return physical;
    }

    private static Map<String, Object> invocation(ScanResult result) {
        List<Object> notes = new ArrayList<>();
        for (Unreadable unreadable : result.unreadable()) {
            notes.add(
                    note(
                            unreadable.message(),
                            null,
                            physical(unreadable.file(), unreadable.line(), unreadable.column())));
        }
        for (RuleError error : result.errors()) {
            notes.add(note(error.message(), error.rule(), physical(error.file(), error.line(), 0)));
        }
        Map<String, Object> invocation = new LinkedHashMap<>();
        invocation.put("executionSuccessful", result.complete());
        invocation.put("toolExecutionNotifications", notes);
        result.kubernetes()
                .ifPresent(version ->
                        invocation.put("properties", Map.of("kubernetes", version.text())));
        return invocation;
    }

    private static Map<String, Object> note(
            String message, @Nullable String rule, Map<String, Object> where) {
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("level", "error");
        note.put("message", Map.of("text", message));
        if (rule != null) {
            note.put("associatedRule", Map.of("id", rule));
        }
        note.put("locations", List.of(Map.of("physicalLocation", where)));
        return note;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }

    /// The scale that code hosts sort by: CVSS-like, 0 to 10.
    private static String securitySeverity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
            case INFO -> "0.5";
        };
    }
}
