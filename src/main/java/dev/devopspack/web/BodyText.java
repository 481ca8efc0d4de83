package dev.devopspack.web;

import dev.devopspack.task.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A request's body as text, for what is kept and signed as it came.
final class BodyText {

    private BodyText() {}

    /// @throws InvalidInput where it is no UTF-8: a replacement in its place would be approved and
    ///   the caller's own bytes would not
    static String of(byte @Nullable [] body) {
        try {
            return body == null
                    ? ""
                    : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException _) {
            throw new InvalidInput(
                    "body",
                    "it is not UTF-8",
                    "Send JSON in UTF-8, and files that are no text as contentBase64.");
        }
    }
}
