package dev.devopspack.adapter.keys;

import dev.devopspack.approval.KeySet;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// All keys of grants in one file: the one that signs, the one that will, and those that did.
///
/// Lines of `name=value`: `d`, `x` and `notBefore` of the first key; `next.d`, `next.x` and
/// `next.signsFrom` of the key that takes its place; `retired.1.x`, `retired.1.notBefore` and
/// `retired.1.notAfter` of those before, without their private keys.
///
/// @param next null where no change is under way
/// @param retired the newest first
record GrantKeys(Signing current, @Nullable Signing next, List<KeySet.Key> retired) {

    /// For so long around the change both keys' signatures count: the replicas' clocks differ, and
    /// a grant is dated before it is signed.
    static final Duration OVERLAP = Duration.ofMinutes(1);

    /// Keys change a few times a year; a published set holds at most a hundred.
    private static final int MAX_RETIRED = 90;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    GrantKeys {
        retired = List.copyOf(retired);
    }

    /// A key with its private side.
    ///
    /// @param d the private key, base64url
    /// @param notBefore from when on its signatures count
    /// @param signsFrom from when on it signs
    record Signing(String d, String x, Instant notBefore, Instant signsFrom) {

        /// @param notAfter null while it signs
        KeySet.Key open(@Nullable Instant notAfter) {
            return new KeySet.Key(x, notBefore, notAfter);
        }

        PrivateKey secret() throws GeneralSecurityException {
            byte[] seed = Base64.getUrlDecoder().decode(d);
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        }

        @Override
        public String toString() {
            return "Signing[" + x + "]";
        }
    }

    /// The key that signs at an instant.
    Signing at(Instant now) {
        return next != null && !now.isBefore(next.signsFrom()) ? next : current;
    }

    KeySet published() {
        List<KeySet.Key> keys = new ArrayList<>();
        if (next != null) {
            keys.add(next.open(null));
        }
        keys.add(current.open(endOfCurrent()));
        keys.addAll(retired);
        return new KeySet(keys);
    }

    private @Nullable Instant endOfCurrent() {
        return next == null ? null : next.signsFrom().plus(OVERLAP);
    }

    /// With a new key that signs from an instant on.
    ///
    /// @return nothing where a change is under way already
    Optional<GrantKeys> rotated(Instant signsFrom, Instant now) throws GeneralSecurityException {
        if (next != null && now.isBefore(next.signsFrom())) {
            return Optional.empty();
        }
        GrantKeys settled = settled();
        return Optional.of(new GrantKeys(settled.current(), fresh(signsFrom), settled.retired()));
    }

    /// With a new key at once and without the one that signed: whoever has that one can sign
    /// nothing any more that counts, and what it signed before counts no more either.
    GrantKeys withoutCurrent(Instant now) throws GeneralSecurityException {
        return new GrantKeys(fresh(now), null, settled().retired());
    }

    private static Signing fresh(Instant signsFrom) throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Instant from = signsFrom.truncatedTo(ChronoUnit.SECONDS);
        return new Signing(
                BASE64.encodeToString(KeyFile.lastBytes(pair.getPrivate().getEncoded())),
                BASE64.encodeToString(KeyFile.lastBytes(pair.getPublic().getEncoded())),
                from.minus(OVERLAP),
                from);
    }

    /// With the next key as the current one, where there is one.
    private GrantKeys settled() {
        if (next == null) {
            return this;
        }
        List<KeySet.Key> before = new ArrayList<>();
        before.add(current.open(endOfCurrent()));
        before.addAll(retired);
        return new GrantKeys(next, null, before.subList(0, Math.min(before.size(), MAX_RETIRED)));
    }

    static GrantKeys parse(Properties kept) {
        Instant notBefore = Instant.parse(kept.getProperty("notBefore", ""));
        Signing current =
                new Signing(
                        kept.getProperty("d", ""), kept.getProperty("x", ""), notBefore, notBefore);
        Signing next = null;
        if (kept.containsKey("next.x")) {
            Instant signsFrom = Instant.parse(kept.getProperty("next.signsFrom", ""));
            next =
                    new Signing(
                            kept.getProperty("next.d", ""),
                            kept.getProperty("next.x", ""),
                            signsFrom.minus(OVERLAP),
                            signsFrom);
        }
        List<KeySet.Key> retired = new ArrayList<>();
        for (int i = 1; i <= MAX_RETIRED && kept.containsKey("retired." + i + ".x"); i++) {
            String name = "retired." + i;
            retired.add(
                    new KeySet.Key(
                            kept.getProperty(name + ".x", ""),
                            Instant.parse(kept.getProperty(name + ".notBefore", "")),
                            Instant.parse(kept.getProperty(name + ".notAfter", ""))));
        }
        return new GrantKeys(current, next, retired);
    }

    /// As it stands in the file.
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                "d=%s\nx=%s\nnotBefore=%s\n"
                        .formatted(current.d(), current.x(), current.notBefore()));
        if (next != null) {
            text.append(
                    "next.d=%s\nnext.x=%s\nnext.signsFrom=%s\n"
                            .formatted(next.d(), next.x(), next.signsFrom()));
        }
        for (int i = 0; i < retired.size(); i++) {
            KeySet.Key key = retired.get(i);
            text.append(
                    "retired.%1$d.x=%2$s\nretired.%1$d.notBefore=%3$s\nretired.%1$d.notAfter=%4$s\n"
                            .formatted(i + 1, key.x(), key.notBefore(), key.notAfter()));
        }
        return text.toString();
    }
}
