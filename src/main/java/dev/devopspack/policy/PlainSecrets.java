package dev.devopspack.policy;

import com.google.re2j.Pattern;

/// What rules ask about secrets in the texts that machines and functions are given.
final class PlainSecrets {

    private static final Pattern ACCESS_KEY =
            Pattern.compile("(?:^|[^A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?:[^A-Z0-9]|$)");

    private static final Pattern SECRET_KEY =
            Pattern.compile(
                    "(?i)secret_?(?:access_?)?key[^A-Za-z0-9]{1,5}[A-Za-z0-9/+]{40}"
                            + "(?:[^A-Za-z0-9/+]|$)");

    private PlainSecrets() {}

    /// Whether the text, or the one behind its base64, holds a secret. A key of AWS counts also
    /// where it is the one of a manual: the real one will stand in its place.
    static boolean areIn(Object text) {
        return Encodings.decoded(text) instanceof String plain
                && (ACCESS_KEY.matcher(plain).find()
                        || SECRET_KEY.matcher(plain).find()
                        || !SecretDetector.find(plain).isEmpty());
    }
}
