package dev.devopspack.audit;

import dev.devopspack.change.StoreUnavailable;

/// The audit log does not take an entry. What could not be remembered is not done.
public final class AuditUnavailable extends StoreUnavailable {

    public AuditUnavailable(Throwable cause) {
        super(
                "audit log",
                "it does not take entries now, so nothing was decided, consumed or stored",
                "Try again in a few seconds; if it stays, the operator looks at /q/health/ready and"
                        + " the server's log.",
                cause);
    }
}
