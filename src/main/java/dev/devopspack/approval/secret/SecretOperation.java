package dev.devopspack.approval.secret;

import dev.devopspack.task.InvalidInput;
import java.util.Arrays;
import java.util.Locale;

/// What is asked for.
public enum SecretOperation {
    /// The first version, or the first after all of them were revoked.
    CREATE,
    /// A new version; the one before it is revoked.
    ROTATE,
    /// The newest version must not be used any more, and there is no new one.
    REVOKE;

    /// As it is written in requests.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SecretOperation of(String word) {
        return Arrays.stream(values())
                .filter(operation -> operation.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidInput(
                                "/operation",
                                "this cannot be done with a secret",
                                "Use create, rotate or revoke."));
    }
}
