package dev.devopspack.manager;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.identity.Principal;
import dev.devopspack.task.TaskType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remembers what was refused: by which rule of the policy table and where, never the text.
@ApplicationScoped
class Refusals {

    /// A place holds names that a caller chose.
    private static final int MAX_PLACE = 300;

    private final AuditLog log;

    Refusals(AuditLog log) {
        this.log = log;
    }

    /// @param type what was asked for; none where files were submitted
    void audit(
            String policy, String where, @Nullable TaskType type, Principal caller, String client) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("policy", policy);
        facts.put(
                "where", where.length() > MAX_PLACE ? where.substring(0, MAX_PLACE) + "…" : where);
        facts.put("type", type == null ? "submitted" : type.value());
        facts.put("client", client);
        log.append(
                new AuditEntry(
                        "task.refused", caller.actor(), facts, Map.of("caller", caller.name())));
    }
}
