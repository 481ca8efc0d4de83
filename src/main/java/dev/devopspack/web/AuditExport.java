package dev.devopspack.web;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.audit.StoredEntry;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The log as JSON Lines, one entry a line, as `verify-audit` reads it.
@Singleton
class AuditExport {

    private static final int BATCH = 500;

    private final AuditLog log;

    AuditExport(AuditLog log) {
        this.log = log;
    }

    /// @param after the sequence number before the first one wanted
    Response answer(long after) {
        StreamingOutput lines = out -> write(after, out);
        return Response.ok(lines)
                .type("application/jsonl")
                .header("Content-Disposition", "attachment; filename=\"audit.jsonl\"")
                .build();
    }

    private void write(long after, OutputStream out) throws IOException {
        long last = after;
        for (List<StoredEntry> batch = log.read(last, BATCH);
                !batch.isEmpty();
                batch = log.read(last, BATCH)) {
            for (StoredEntry entry : batch) {
                out.write(line(entry).getBytes(StandardCharsets.UTF_8));
            }
            last = batch.getLast().sequence();
        }
    }

    private static String line(StoredEntry entry) {
        return new ExportedEntry(
                                entry.sequence(), entry.leaf(), entry.leafHash(), entry.chainHash())
                        .line()
                + "\n";
    }
}
