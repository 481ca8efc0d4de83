package dev.devopspack.mcp;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.ChangeSetId;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The audit log as a tool: look-up only.
@Remembered
class AuditTools {

    private static final int DEFAULT_LIMIT = 20;

    /// A page of a list in a conversation.
    private static final int MAX_LIMIT = 100;

    private final AuditLog log;

    AuditTools(AuditLog log) {
        this.log = log;
    }

    @Tool(
            name = "audit_search",
            title = "Audit look-up",
            description = "Entries of the append-only log, newest first, with their hashes.",
            annotations =
                    @Tool.Annotations(
                            title = "Audit look-up",
                            readOnlyHint = true,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = Schemas.Entries.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.AUDITOR)
    ToolResponse search(
            @ToolArg(name = "change_set_id", required = false) @Nullable String changeSetId,
            @ToolArg(required = false) @Nullable String kind,
            @ToolArg(required = false) @Nullable Long before,
            @ToolArg(required = false) @Nullable Integer limit) {
        return Answers.of(() -> {
            String changeSet = changeSetId == null ? null : new ChangeSetId(changeSetId).value();
            int count = Math.clamp(limit == null ? DEFAULT_LIMIT : limit, 1, MAX_LIMIT);
            List<StoredEntry> found =
                    log.search(
                            new AuditQuery(kind, null, changeSet, null, null, null, before, count));
            StringBuilder text = new StringBuilder();
            found.forEach(entry ->
                    text.append(entry.sequence())
                            .append(' ')
                            .append(entry.at())
                            .append(' ')
                            .append(entry.entry().kind())
                            .append(" by ")
                            .append(entry.entry().actor())
                            .append('\n'));
            return Answers.structured(
                    found.isEmpty() ? "No entries match." : text.toString(),
                    Map.of("entries", found.stream().map(AuditTools::row).toList()));
        });
    }

    private static Map<String, Object> row(StoredEntry stored) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sequence", stored.sequence());
        row.put("at", stored.at().toString());
        row.put("kind", stored.entry().kind());
        row.put("actor", stored.entry().actor());
        row.put("facts", stored.entry().facts());
        row.put("leafHash", stored.leafHash().value());
        row.put("chainHash", stored.chainHash().value());
        return row;
    }
}
