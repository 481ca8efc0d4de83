package dev.devopspack.adapter.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdict.Check;
import dev.devopspack.gate.Verdict.Status;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Score;
import dev.devopspack.policy.Severity;
import java.util.LinkedHashMap;
import java.util.Map;

/// The JSON that verdicts are stored as. It is ours to read only, but for as long as there is a row
/// of it: a change to it is a new version beside this one.
final class VerdictsDocument {

    private static final String FORMAT = "devops-pack/stored-verdicts/v1";

    private VerdictsDocument() {}

    static String write(Verdicts verdicts) {
        return StoredJson.write(
                Map.of(
                        "format",
                        FORMAT,
                        "verdicts",
                        verdicts.list().stream().map(VerdictsDocument::document).toList()));
    }

    static Verdicts read(String text) {
        JsonNode document = StoredJson.read(text);
        String format = StoredJson.text(document, "format");
        if (!format.equals(FORMAT)) {
            throw new IllegalStateException("stored verdicts have the format " + format);
        }
        return new Verdicts(
                StoredJson.list(document.required("verdicts"), VerdictsDocument::verdict));
    }

    private static Map<String, Object> document(Verdict verdict) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("gate", verdict.gate().id());
        document.put("changeSet", verdict.changeSet().value());
        document.put("ruleset", verdict.ruleset().value());
        document.put("earned", verdict.score().earned());
        document.put("possible", verdict.score().possible());
        document.put("threshold", verdict.thresholdPercent());
        document.put(
                "findings", verdict.findings().stream().map(VerdictsDocument::document).toList());
        document.put("checks", verdict.checks().stream().map(VerdictsDocument::document).toList());
        document.put("summary", verdict.summary());
        document.put("status", verdict.statusName());
        document.put("why", verdict.why());
        return document;
    }

    private static Map<String, Object> document(Finding finding) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rule", finding.rule());
        document.put("title", finding.title());
        document.put("severity", finding.severity().name());
        document.put("file", finding.file());
        document.put("line", finding.line());
        document.put("column", finding.column());
        document.put("resource", finding.resource());
        document.put("message", finding.message());
        document.put("mend", finding.mend());
        document.put("source", finding.source());
        return document;
    }

    private static Map<String, Object> document(Check check) {
        return Map.of(
                "id", check.id(),
                "title", check.title(),
                "result", check.result().name(),
                "detail", check.detail());
    }

    private static Verdict verdict(JsonNode document) {
        return new Verdict(
                GateId.find(StoredJson.text(document, "gate")).orElseThrow(),
                new Digest(StoredJson.text(document, "changeSet")),
                new Digest(StoredJson.text(document, "ruleset")),
                new Score(
                        document.required("earned").asLong(),
                        document.required("possible").asLong()),
                document.required("threshold").asInt(),
                StoredJson.list(document.required("findings"), VerdictsDocument::finding),
                StoredJson.list(document.required("checks"), VerdictsDocument::check),
                StoredJson.text(document, "summary"),
                status(StoredJson.text(document, "status"), StoredJson.text(document, "why")));
    }

    private static Status status(String name, String why) {
        return switch (name) {
            case "PASSED" -> new Status.Passed();
            case "FAILED" -> new Status.Failed(why);
            case "WAITING" -> new Status.Waiting(why);
            case "NOT_APPLICABLE" -> new Status.NotApplicable(why);
            default -> throw new IllegalStateException("'" + name + "' is no verdict");
        };
    }

    private static Finding finding(JsonNode document) {
        return new Finding(
                StoredJson.text(document, "rule"),
                StoredJson.text(document, "title"),
                Severity.valueOf(StoredJson.text(document, "severity")),
                StoredJson.text(document, "file"),
                document.required("line").asInt(),
                document.required("column").asInt(),
                StoredJson.optionalText(document, "resource"),
                StoredJson.text(document, "message"),
                StoredJson.text(document, "mend"),
                StoredJson.optionalText(document, "source"));
    }

    private static Check check(JsonNode document) {
        return new Check(
                StoredJson.text(document, "id"),
                StoredJson.text(document, "title"),
                Check.Result.valueOf(StoredJson.text(document, "result")),
                StoredJson.text(document, "detail"));
    }
}
