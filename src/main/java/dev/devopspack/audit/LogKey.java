package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// The public key that a log's checkpoints are verified with: Ed25519, under the log's name. Pin
/// its {@link #text()} once; who holds another key cannot speak for the log.
///
/// @param name of the log, which is its checkpoints' origin
/// @param x the 32 bytes of the public key in base64
public record LogKey(String name, String x) {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_TEXT_LENGTH = 300;
    private static final int ID_BYTES = 4;
    private static final int KEY_BYTES = 32;

    /// The type of Ed25519 signatures among those of signed notes.
    private static final byte ED25519 = 1;

    public LogKey {
        checkName(name);
        if (strictBase64(x).length != KEY_BYTES) {
            throw refusal("it does not hold the 32 bytes of an Ed25519 key");
        }
    }

    /// ASCII that can be seen, without the `+` that separates the parts of a key.
    static void checkName(String name) {
        boolean plain = name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '+');
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !plain) {
            throw new InvalidInput(
                    "origin",
                    "it is not 1 to " + MAX_NAME_LENGTH + " visible ASCII characters without '+'",
                    "Use a name like devops-pack.example.com/audit.");
        }
    }

    /// What a signature line calls the key by: the first four bytes of SHA-256 over name, line
    /// feed, type and key, as eight hexadecimal digits.
    public String id() {
        return id(name, typed());
    }

    /// `NAME+ID+BASE64`, as programs for signed notes take it.
    public String text() {
        return text(name, typed());
    }

    /// @param typed a key's bytes behind the byte of its type
    static String id(String name, byte[] typed) {
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        named.write('\n');
        named.writeBytes(typed);
        return Digest.of(named.toByteArray()).hex().substring(0, 2 * ID_BYTES);
    }

    static String text(String name, byte[] typed) {
        return name + "+" + id(name, typed) + "+" + Base64.getEncoder().encodeToString(typed);
    }

    /// Reads what {@link #text()} wrote.
    ///
    /// @throws InvalidInput if it is no key, or its id is another one's
    public static LogKey parse(String text) {
        String[] parts = text.length() > MAX_TEXT_LENGTH ? new String[0] : text.split("\\+", 3);
        if (parts.length != 3) {
            throw refusal("it is not of the form NAME+ID+BASE64");
        }
        byte[] typed = strictBase64(parts[2]);
        if (typed.length != 1 + KEY_BYTES || typed[0] != ED25519) {
            throw refusal("it holds no Ed25519 key");
        }
        byte[] key = Arrays.copyOfRange(typed, 1, typed.length);
        LogKey parsed = new LogKey(parts[0], Base64.getEncoder().encodeToString(key));
        if (!parsed.id().equals(parts[1])) {
            throw refusal("its id does not follow from its name and key");
        }
        return parsed;
    }

    boolean verifies(byte[] message, byte[] signature) {
        return Ed25519.verifies(strictBase64(x), message, signature);
    }

    private byte[] typed() {
        ByteArrayOutputStream typed = new ByteArrayOutputStream();
        typed.write(ED25519);
        typed.writeBytes(strictBase64(x));
        return typed.toByteArray();
    }

    /// One text for each value: what decodes but would be written otherwise is refused.
    static byte[] strictBase64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw refusal("a part of it is not in base64");
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput(
                "key of the log", problem, "Use the key as the server's audit page shows it.");
    }
}
