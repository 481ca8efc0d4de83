package dev.devopspack.policy;

import java.util.List;

/// Takes secrets out of free text, logs and evidence before anything is stored or shown.
public final class Redactor {

    private Redactor() {}

    /// @param removed how many secrets were replaced by a mark
    public record Redacted(String text, int removed) {}

    /// Each secret replaced by `[removed: a GitHub token]`.
    public static Redacted redact(String text) {
        List<Secret> secrets = SecretDetector.find(text);
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (Secret secret : secrets) {
            out.append(text, from, secret.start())
                    .append("[removed: ")
                    .append(secret.title())
                    .append(']');
            from = secret.end();
        }
        return new Redacted(out.append(text, from, text.length()).toString(), secrets.size());
    }
}
