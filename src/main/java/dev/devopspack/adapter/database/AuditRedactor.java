package dev.devopspack.adapter.database;

import com.google.re2j.Pattern;
import dev.devopspack.audit.Redactor;
import jakarta.enterprise.context.ApplicationScoped;

/// Keeps values out of the log that are secrets by their very form: private keys and the tokens of
/// well-known issuers.
@ApplicationScoped
class AuditRedactor implements Redactor {

    private static final String MARK = "[a secret was here]";

    private static final Pattern SECRET =
            Pattern.compile(
                    "-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(-----END [A-Z ]*PRIVATE KEY-----)?"
                            + "|\\b(AKIA|ASIA)[A-Z0-9]{16}\\b"
                            + "|\\bgh[pousr]_[A-Za-z0-9]{36,}"
                            + "|\\bgithub_pat_[A-Za-z0-9_]{40,}"
                            + "|\\bglpat-[A-Za-z0-9_-]{20,}"
                            + "|\\bxox[abposr]-[A-Za-z0-9-]{10,}"
                            + "|\\bAIza[A-Za-z0-9_-]{35}"
                            + "|\\bsk-[A-Za-z0-9_-]{20,}"
                            + "|\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}"
                            + "|://[^\\s/:@]{1,100}:[^\\s/@]{1,200}@");

    @Override
    public String redact(String text) {
        return SECRET.matcher(text).replaceAll(MARK);
    }
}
