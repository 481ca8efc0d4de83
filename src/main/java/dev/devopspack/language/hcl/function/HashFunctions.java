package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Str;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/// Hashes. MD5 and SHA-1 are there because Terraform has them, not as a protection.
final class HashFunctions {

    private static final Map<String, String> NAMESPACES =
            Map.of(
                    "dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                    "url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
                    "oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
                    "x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8");

    private HashFunctions() {}

    static void addTo(Registry all) {
        all.whole("md5", 1, a -> hex("MD5", a.text(0)));
        all.whole("sha1", 1, a -> hex("SHA-1", a.text(0)));
        all.whole("sha256", 1, a -> hex("SHA-256", a.text(0)));
        all.whole("sha512", 1, a -> hex("SHA-512", a.text(0)));
        all.whole("base64sha256", 1, a -> base64("SHA-256", a.text(0)));
        all.whole("base64sha512", 1, a -> base64("SHA-512", a.text(0)));
        all.whole("uuidv5", 2, HashFunctions::uuid);
    }

    private static byte[] digest(String algorithm, byte[]... pieces) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] piece : pieces) {
                digest.update(piece);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static Value hex(String algorithm, String text) {
        return new Str(
                HexFormat.of().formatHex(digest(algorithm, text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Value base64(String algorithm, String text) {
        return new Str(
                Base64.getEncoder()
                        .encodeToString(digest(algorithm, text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Value uuid(Arguments arguments) {
        String given = arguments.text(0);
        String namespace = NAMESPACES.getOrDefault(given, given);
        UUID parsed;
        try {
            parsed = UUID.fromString(namespace);
        } catch (IllegalArgumentException notAUuid) {
            throw arguments.problem(
                    "the namespace \"" + given + "\" is no UUID",
                    "Use dns, url, oid, x500 or a UUID");
        }
        byte[] space = HexFormat.of().parseHex(parsed.toString().replace("-", ""));
        byte[] hash = digest("SHA-1", space, arguments.text(1).getBytes(StandardCharsets.UTF_8));
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        String hex = HexFormat.of().formatHex(hash, 0, 16);
        return new Str(
                String.join(
                        "-",
                        hex.substring(0, 8),
                        hex.substring(8, 12),
                        hex.substring(12, 16),
                        hex.substring(16, 20),
                        hex.substring(20)));
    }
}
