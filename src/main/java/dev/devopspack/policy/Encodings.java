package dev.devopspack.policy;

import dev.cel.runtime.CelUnknownSet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Base64 as people write it into user data. Of a text that is known in part, what is known.
final class Encodings {

    /// Shorter texts are words that happen to be made of the same letters.
    private static final int SHORTEST = 24;

    private Encodings() {}

    static Object decoded(Object value) {
        if (value instanceof CelUnknownSet unknown) {
            String partial = Unknowns.partialText(unknown);
            return partial == null ? value : partial;
        }
        if (!(value instanceof String text)) {
            return value;
        }
        String packed = text.replaceAll("\\s", "");
        if (packed.length() < SHORTEST) {
            return text;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(packed);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
