package dev.devopspack.approval;

import dev.devopspack.audit.Ed25519;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.StrictJson;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The public keys that grants are checked against: a JSON web key set with the time in which each
/// key signed.
public record KeySet(List<Key> keys) {

    /// A key is rotated once in a while; a set that is longer than this is none of ours.
    private static final int MAX_KEYS = 100;

    private static final int MAX_CHARACTERS = 64 * 1_024;

    public KeySet {
        keys = List.copyOf(keys);
    }

    /// An Ed25519 key.
    ///
    /// @param x the 32 bytes of the public key, base64url
    /// @param notBefore what it signed with an earlier time is not valid
    /// @param notAfter what it signed with this or a later time is not valid; null while it signs
    public record Key(String x, Instant notBefore, @Nullable Instant notAfter) {

        public Key {
            if (!x.matches("[A-Za-z0-9_-]{43}")) {
                throw new InvalidInput(
                        "key", "'x' is no Ed25519 public key", "Use 32 bytes in base64url.");
            }
        }

        /// Of a public key in its X.509 form.
        public static Key of(byte[] spki, Instant notBefore, @Nullable Instant notAfter) {
            byte[] raw = new byte[32];
            System.arraycopy(spki, spki.length - 32, raw, 0, 32);
            return new Key(Secrets.base64(raw), notBefore, notAfter);
        }

        /// The thumbprint of RFC 7638: SHA-256 over the key's required members, base64url.
        public String keyId() {
            return Secrets.base64(Canonical.digest(required()).bytes());
        }

        public boolean signedInTime(Instant at) {
            return !at.isBefore(notBefore) && (notAfter == null || at.isBefore(notAfter));
        }

        boolean verifies(byte[] message, byte[] signature) {
            return Ed25519.verifies(Base64.getUrlDecoder().decode(x), message, signature);
        }

        private Map<String, Object> required() {
            return Map.of("crv", "Ed25519", "kty", "OKP", "x", x);
        }

        private Map<String, Object> document() {
            Map<String, Object> document = new TreeMap<>(required());
            document.put("kid", keyId());
            document.put("use", "sig");
            document.put("alg", "EdDSA");
            document.put("nbf", notBefore.getEpochSecond());
            if (notAfter != null) {
                document.put("exp", notAfter.getEpochSecond());
            }
            return document;
        }
    }

    public Optional<Key> find(String keyId) {
        return keys.stream().filter(key -> key.keyId().equals(keyId)).findFirst();
    }

    /// The set as JSON: what is published and what a pipeline pins.
    public String jwks() {
        return Canonical.text(Map.of("keys", keys.stream().map(Key::document).toList()));
    }

    /// Changes when any key or its time changes.
    public Digest digest() {
        return Digest.of(jwks());
    }

    /// Reads a JSON web key set. Keys of other kinds are left out.
    ///
    /// @throws InvalidInput if it is no key set
    public static KeySet parse(String jwks) {
        Map<String, Object> document = StrictJson.object("key set", jwks, MAX_CHARACTERS);
        if (!(document.get("keys") instanceof List<?> list) || list.size() > MAX_KEYS) {
            throw refusal("it has no list 'keys', or too long a one");
        }
        List<Key> keys = new ArrayList<>();
        for (Object entry : list) {
            if (entry instanceof Map<?, ?> map
                    && "OKP".equals(map.get("kty"))
                    && "Ed25519".equals(map.get("crv"))) {
                keys.add(key(map));
            }
        }
        return new KeySet(keys);
    }

    private static Key key(Map<?, ?> map) {
        if (!(map.get("x") instanceof String x) || !(map.get("nbf") instanceof Long from)) {
            throw refusal("a key has no 'x' or no 'nbf'");
        }
        Instant until = map.get("exp") instanceof Long exp ? Instant.ofEpochSecond(exp) : null;
        Key key = new Key(x, Instant.ofEpochSecond(from), until);
        if (!key.keyId().equals(map.get("kid"))) {
            throw refusal("the id of a key is not its thumbprint");
        }
        return key;
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput(
                "key set", problem, "Save what the server publishes at its key address.");
    }
}
