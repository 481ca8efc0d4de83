package dev.devopspack.mcp;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.StoreUnavailable;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolResponse;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Map;
import org.jboss.logging.Logger;

/// Writes every call of a tool into the audit log: which one, by whom, and how it ended; never what
/// was said in it. The caller is answered when the entry is on the disk, which callers of the same
/// moment wait for together.
///
/// Who only reads does not wait, and is answered also while the log takes no entries: the calls of
/// one moment are counted in one entry a moment later. What a call changed has entries of its own,
/// in the transaction that changed it.
@Remembered
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class ToolJournal {

    private static final Logger LOG = Logger.getLogger(ToolJournal.class);

    private final AuditLog log;
    private final Caller caller;

    ToolJournal(AuditLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
    }

    @AroundInvoke
    Object remember(InvocationContext call) throws Exception {
        Tool tool = call.getMethod().getAnnotation(Tool.class);
        if (tool == null) {
            return call.proceed();
        }
        boolean ended = false;
        try {
            Object answer = call.proceed();
            ended = true;
            boolean error = answer instanceof ToolResponse response && response.isError();
            return remembered(tool, error ? "refused" : "answered", answer);
        } finally {
            if (!ended) {
                remembered(tool, "failed", call);
            }
        }
    }

    private Object remembered(Tool tool, String outcome, Object answer) {
        boolean reads = tool.annotations().readOnlyHint();
        AuditEntry entry =
                AuditEntry.of(
                        "tool.called",
                        caller.principal().actor(),
                        Map.of("tool", tool.name(), "outcome", outcome));
        try {
            if (reads) {
                log.note(entry);
            } else {
                log.append(entry);
            }
            return answer;
        } catch (StoreUnavailable outage) {
            if (reads) {
                LOG.errorf("a call of %s was answered and is not in the audit log", tool.name());
                return answer;
            }
            return Answers.of(() -> {
                throw outage;
            });
        }
    }
}
