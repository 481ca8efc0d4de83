package dev.devopspack.audit;

import dev.devopspack.change.Canonical;
import dev.devopspack.task.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The forms in which the log leaves for other programs, one line an entry. None holds a personal
/// field in clear.
public enum ExportFormat {

    /// What `verify-audit` reads: the only one that can be verified.
    JSONL("application/jsonl") {
        @Override
        public String line(StoredEntry entry) {
            return entry.exported().line();
        }
    },

    /// The Open Cybersecurity Schema Framework 1.3, class API Activity.
    OCSF("application/jsonl") {
        @Override
        public String line(StoredEntry entry) {
            return Ocsf.line(entry);
        }
    },

    /// ArcSight's Common Event Format, version 0.
    CEF("text/plain; charset=utf-8") {
        @Override
        public String line(StoredEntry entry) {
            return Cef.line(entry);
        }
    },

    /// OpenTelemetry logs, each line a whole document of OTLP's JSON form.
    OTLP("application/jsonl") {
        @Override
        public String line(StoredEntry entry) {
            return OtlpLogs.document(List.of(entry));
        }
    },

    /// RFC 4180, safe to open in a spreadsheet.
    CSV("text/csv; charset=utf-8") {
        @Override
        public String header() {
            return Cells.HEADER;
        }

        @Override
        public String line(StoredEntry entry) {
            return Cells.line(entry);
        }
    };

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /// What stands before the first entry of the log, with its line feed; mostly nothing.
    public String header() {
        return "";
    }

    /// Without its line feed, and without one in it.
    public abstract String line(StoredEntry entry);

    /// `jsonl`, `ocsf`, `cef`, `otlp` or `csv`.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws InvalidInput if there is no such format
    public static ExportFormat of(String id) {
        return Arrays.stream(values())
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidInput(
                                "format",
                                "there is no such format",
                                "Use jsonl, ocsf, cef, otlp or csv."));
    }

    /// Whether the entry says that something was refused.
    private static boolean refused(StoredEntry entry) {
        return entry.entry().kind().endsWith("refused");
    }

    private static final class Ocsf {

        private static final int CATEGORY = 6;
        private static final int CLASS = 6_003;
        private static final int ACTIVITY_OTHER = 99;
        private static final int INFORMATIONAL = 1;
        private static final int MEDIUM = 3;
        private static final int SUCCESS = 1;
        private static final int FAILURE = 2;

        static String line(StoredEntry stored) {
            AuditEntry entry = stored.entry();
            Map<String, Object> event = new TreeMap<>();
            event.put("category_uid", CATEGORY);
            event.put("class_uid", CLASS);
            event.put("activity_id", ACTIVITY_OTHER);
            event.put("activity_name", entry.kind());
            event.put("type_uid", CLASS * 100 + ACTIVITY_OTHER);
            event.put("time", stored.at().toEpochMilli());
            event.put("severity_id", refused(stored) ? MEDIUM : INFORMATIONAL);
            event.put("status_id", refused(stored) ? FAILURE : SUCCESS);
            event.put("actor", Map.of("user", Map.of("uid", entry.actor())));
            event.put(
                    "api",
                    Map.of("operation", entry.kind(), "service", Map.of("name", "devops-pack")));
            event.put("src_endpoint", Map.of("svc_name", "devops-pack"));
            event.put(
                    "metadata",
                    Map.of(
                            "version", "1.3.0",
                            "uid", stored.leafHash().value(),
                            "sequence", stored.sequence(),
                            "log_name", "audit",
                            "product",
                                    Map.of("name", "DevOps Pack", "vendor_name", "DevOps Pack")));
            String changeSet = entry.facts().get("changeSet");
            if (changeSet != null) {
                event.put("resources", List.of(Map.of("type", "change set", "uid", changeSet)));
            }
            event.put("unmapped", entry.facts());
            return Canonical.text(event);
        }
    }

    private static final class Cef {

        private static final int INFORMATIONAL = 3;
        private static final int REFUSED = 6;

        static String line(StoredEntry stored) {
            AuditEntry entry = stored.entry();
            StringBuilder line = new StringBuilder("CEF:0|DevOps Pack|DevOps Pack|1|");
            line.append(inHeader(entry.kind())).append('|');
            line.append(inHeader(entry.kind().replace('.', ' ').replace('_', ' ')));
            line.append('|').append(refused(stored) ? REFUSED : INFORMATIONAL).append('|');
            Map<String, String> fields = new TreeMap<>();
            fields.put("rt", String.valueOf(stored.at().toEpochMilli()));
            fields.put("externalId", String.valueOf(stored.sequence()));
            fields.put("suid", entry.actor());
            fields.put("act", entry.kind());
            labelled(fields, 1, "changeSet", entry.facts().get("changeSet"));
            labelled(fields, 2, "environment", entry.facts().get("environment"));
            labelled(fields, 3, "leafHash", stored.leafHash().value());
            labelled(fields, 4, "chainHash", stored.chainHash().value());
            fields.put("msg", Canonical.text(entry.facts()));
            StringBuilder extension = new StringBuilder();
            fields.forEach((name, value) -> {
                if (!extension.isEmpty()) {
                    extension.append(' ');
                }
                extension.append(name).append('=').append(inExtension(value));
            });
            return line.append(extension).toString();
        }

        private static void labelled(
                Map<String, String> fields, int number, String label, @Nullable String value) {
            if (value != null) {
                fields.put("cs" + number, value);
                fields.put("cs" + number + "Label", label);
            }
        }

        private static String inHeader(String text) {
            return oneLine(text).replace("\\", "\\\\").replace("|", "\\|");
        }

        private static String inExtension(String text) {
            return text.replace("\\", "\\\\")
                    .replace("=", "\\=")
                    .replace("\r", "\\r")
                    .replace("\n", "\\n");
        }

        private static String oneLine(String text) {
            return text.replace('\r', ' ').replace('\n', ' ');
        }
    }

    private static final class Cells {

        static final String HEADER =
                "sequence,at,kind,actor,change_set,environment,facts,leaf_hash,chain_hash\r\n";

        /// What a spreadsheet takes for the beginning of a formula.
        private static final String FORMULA = "=+-@\t\r\n";

        static String line(StoredEntry stored) {
            AuditEntry entry = stored.entry();
            Map<String, String> facts = entry.facts();
            return String.join(
                            ",",
                            String.valueOf(stored.sequence()),
                            cell(stored.at().toString()),
                            cell(entry.kind()),
                            cell(entry.actor()),
                            cell(facts.getOrDefault("changeSet", "")),
                            cell(facts.getOrDefault("environment", "")),
                            cell(Canonical.text(facts)),
                            cell(stored.leafHash().value()),
                            cell(stored.chainHash().value()))
                    + "\r";
        }

        private static String cell(String text) {
            boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
            String safe = (formula ? "'" : "") + text.replace('\r', ' ').replace('\n', ' ');
            return "\"" + safe.replace("\"", "\"\"") + "\"";
        }
    }
}
