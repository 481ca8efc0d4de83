package dev.devopspack.approval.secret;

import dev.devopspack.task.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/// Reads Bech32 (BIP 173) as age uses it: without the limit of 90 characters.
final class Bech32 {

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {
        0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
    };
    private static final int CHECKSUM = 6;

    /// A key of 32 bytes takes 62.
    private static final int MAX_LENGTH = 200;

    private Bech32() {}

    /// @throws InvalidInput if it is none with this prefix
    static byte[] decode(String prefix, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean mixed = !text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT));
        int divider = lower.lastIndexOf('1');
        if (mixed
                || text.length() > MAX_LENGTH
                || !lower.startsWith(prefix + "1")
                || divider != prefix.length()
                || lower.length() < divider + 1 + CHECKSUM) {
            throw refusal();
        }
        int[] values = new int[lower.length() - divider - 1];
        int checksum = expanded(prefix);
        for (int i = 0; i < values.length; i++) {
            values[i] = ALPHABET.indexOf(lower.charAt(divider + 1 + i));
            if (values[i] < 0) {
                throw refusal();
            }
            checksum = step(checksum, values[i]);
        }
        if (checksum != 1) {
            throw refusal();
        }
        return bytes(values, values.length - CHECKSUM);
    }

    private static int expanded(String prefix) {
        int checksum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            char c = prefix.charAt(i);
            checksum = step(checksum, c >> 5);
        }
        checksum = step(checksum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            char c = prefix.charAt(i);
            checksum = step(checksum, c & 31);
        }
        return checksum;
    }

    private static int step(int checksum, int value) {
        int top = checksum >>> 25;
        int next = (checksum & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= (top >> i & 1) == 1 ? GENERATOR[i] : 0;
        }
        return next;
    }

    private static byte[] bytes(int[] values, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        for (int i = 0; i < count; i++) {
            held = (held << 5 | values[i]) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                out.write(held >> bits & 0xff);
            }
        }
        if (bits >= 5 || (held & (1 << bits) - 1) != 0) {
            throw refusal();
        }
        return out.toByteArray();
    }

    private static InvalidInput refusal() {
        return new InvalidInput(
                "age", "this is no recipient of age", "Use what age-keygen prints: age1….");
    }
}
