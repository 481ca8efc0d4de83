package dev.devopspack.audit;

import dev.devopspack.change.Canonical;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Entries as OpenTelemetry logs, in the JSON form of OTLP 1: the body of a request to `/v1/logs`,
/// and a line of a file that a collector reads.
public final class OtlpLogs {

    private static final String NAME = "devops-pack";
    private static final String SCOPE = "dev.devopspack.audit";
    private static final int INFO = 9;
    private static final int WARN = 13;
    private static final long NANOS_OF_A_SECOND = 1_000_000_000L;

    private OtlpLogs() {}

    /// One document with all of them, in their order.
    public static String document(List<StoredEntry> entries) {
        return Canonical.text(
                Map.of(
                        "resourceLogs",
                        List.of(
                                Map.of(
                                        "resource",
                                        Map.of("attributes", List.of(text("service.name", NAME))),
                                        "scopeLogs",
                                        List.of(
                                                Map.of(
                                                        "scope",
                                                        Map.of("name", SCOPE),
                                                        "logRecords",
                                                        entries.stream()
                                                                .map(OtlpLogs::record)
                                                                .toList()))))));
    }

    private static Map<String, Object> record(StoredEntry stored) {
        AuditEntry entry = stored.entry();
        boolean refused = entry.kind().endsWith("refused");
        List<Object> attributes = new ArrayList<>();
        attributes.add(
                Map.of(
                        "key",
                        "audit.sequence",
                        "value",
                        // A 64-bit number is a string in OTLP's JSON.
                        Map.of("intValue", String.valueOf(stored.sequence()))));
        attributes.add(text("audit.actor", entry.actor()));
        attributes.add(text("audit.leaf_hash", stored.leafHash().value()));
        attributes.add(text("audit.chain_hash", stored.chainHash().value()));
        new TreeMap<>(entry.facts())
                .forEach((name, value) -> attributes.add(text("audit.fact." + name, value)));
        String at = nanos(stored.at());
        return Map.of(
                "timeUnixNano",
                at,
                "observedTimeUnixNano",
                at,
                "severityNumber",
                refused ? WARN : INFO,
                "severityText",
                refused ? "WARN" : "INFO",
                "eventName",
                entry.kind(),
                "body",
                Map.of("stringValue", entry.kind().replace('.', ' ').replace('_', ' ')),
                "attributes",
                attributes);
    }

    private static String nanos(Instant at) {
        return String.valueOf(
                Math.addExact(
                        Math.multiplyExact(at.getEpochSecond(), NANOS_OF_A_SECOND), at.getNano()));
    }

    private static Map<String, Object> text(String key, String value) {
        return Map.of("key", key, "value", Map.of("stringValue", value));
    }
}
