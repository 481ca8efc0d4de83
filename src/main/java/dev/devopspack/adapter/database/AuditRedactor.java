package dev.devopspack.adapter.database;

import dev.devopspack.audit.Redactor;
import jakarta.enterprise.context.ApplicationScoped;

/// Keeps secrets out of the log by the same detection that refuses them in files.
@ApplicationScoped
class AuditRedactor implements Redactor {

    @Override
    public String redact(String text) {
        return dev.devopspack.policy.Redactor.redact(text).text();
    }
}
