package dev.devopspack.web;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.ExportFormat;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.task.InvalidInput;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of the log in one of its forms, one line an entry, and where the next one begins.
@Singleton
class AuditExport {

    /// Says what to give as `after` the next time.
    static final String NEXT = "Audit-Next-After";

    private static final int BATCH = 500;

    private final AuditLog log;

    AuditExport(AuditLog log) {
        this.log = log;
    }

    /// @param format as it was typed
    /// @param after the sequence number before the first one wanted
    /// @param limit how many at most; all that there are now where it is left out
    Response answer(String format, long after, @Nullable Long limit) {
        ExportFormat form = ExportFormat.of(format);
        if (after < 0) {
            throw new InvalidInput("after", "it is below 0", "Use 0 for the beginning.");
        }
        if (limit != null && limit < 1) {
            throw new InvalidInput("limit", "it is below 1", "Leave it out for everything.");
        }
        long head = log.head().map(StoredEntry::sequence).orElse(0L);
        long last = limit == null || limit > head - after ? Math.max(head, after) : after + limit;
        StreamingOutput lines = out -> write(form, after, last, out);
        return Response.ok(lines)
                .type(form.mediaType())
                .header(NEXT, last)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"audit." + ending(form) + "\"")
                .build();
    }

    private static String ending(ExportFormat form) {
        return switch (form) {
            case JSONL -> "jsonl";
            case OCSF -> "ocsf.jsonl";
            case CEF -> "cef";
            case OTLP -> "otlp.jsonl";
            case CSV -> "csv";
        };
    }

    private void write(ExportFormat form, long after, long last, OutputStream out)
            throws IOException {
        if (after == 0) {
            out.write(form.header().getBytes(StandardCharsets.UTF_8));
        }
        long written = after;
        while (written < last) {
            List<StoredEntry> batch = log.read(written, (int) Math.min(BATCH, last - written));
            if (batch.isEmpty()) {
                return;
            }
            for (StoredEntry entry : batch) {
                out.write((form.line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            written = batch.getLast().sequence();
        }
    }
}
