package dev.devopspack.adapter.keys;

import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A file with one Ed25519 key, made at its first use where there is none, and what is made of it.
///
/// Replicas of one installation share the file. A file that everybody may read is refused, and one
/// of this user's own that its group may read as well; a file that is handed in, as a container's
/// secrets are, belongs to another user and is read by the group.
///
/// @param <T> the public side
final class KeyFile<T> {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final String more;
    private final Clock clock;
    private final Function<Kept, T> open;
    private @Nullable Loaded<T> loaded;

    /// @param more what a new file says besides the key: lines of `name=value`
    /// @param open makes the public side of what the file says; an InvalidInput or
    ///   IllegalArgumentException says that it holds no such key
    KeyFile(Path file, String more, Clock clock, Function<Kept, T> open) {
        this.file = file;
        this.more = more;
        this.clock = clock;
        this.open = open;
    }

    /// What stands in the file, without the private key.
    ///
    /// @param x the public key, base64url
    record Kept(String x, Instant notBefore, Properties more) {}

    private record Loaded<T>(PrivateKey secret, T open) {}

    T open() {
        return key().open();
    }

    /// @return the 64 bytes of the signature
    byte[] sign(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key().secret());
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key in '" + file + "' cannot sign", e);
        }
    }

    /// 32 bytes that follow from the private key and say nothing about it: the seed of another key,
    /// so that there is one file to keep and to share.
    ///
    /// @param purpose what the other key is for
    byte[] derived(String purpose) {
        try {
            if (key().secret() instanceof EdECPrivateKey secret) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes().orElseThrow(), "HmacSHA256"));
                return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
            }
            throw new IllegalStateException("'" + file + "' holds no Ed25519 key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /// Everything that the file of grants' keys says; it is made where there is none.
    static GrantKeys grantKeys(Path file, Clock clock) {
        return new KeyFile<>(file, "", clock, kept -> GrantKeys.parse(kept.more())).open();
    }

    private synchronized Loaded<T> key() {
        if (loaded == null) {
            loaded = load();
        }
        return loaded;
    }

    private Loaded<T> load() {
        try {
            if (!Files.exists(file)) {
                make();
            }
            if (tooOpen()) {
                throw new IllegalStateException(
                        "'" + file + "' can be read by others. Run: chmod 600 " + file);
            }
            Properties kept = new Properties();
            try (var in = Files.newInputStream(file)) {
                kept.load(in);
            }
            return read(kept);
        } catch (IOException e) {
            throw new UncheckedIOException("'" + file + "' cannot be used", e);
        } catch (GeneralSecurityException
                | IllegalArgumentException
                | DateTimeException
                | InvalidInput e) {
            throw new IllegalStateException("'" + file + "' holds no signing key", e);
        }
    }

    private boolean tooOpen() throws IOException {
        Set<PosixFilePermission> others = new HashSet<>(Files.getPosixFilePermissions(file));
        others.removeAll(OWNER_ONLY);
        String user = System.getProperty("user.name");
        if (!Files.getOwner(file).getName().equals(user)) {
            others.remove(PosixFilePermission.GROUP_READ);
        }
        return !others.isEmpty();
    }

    private Loaded<T> read(Properties kept) throws GeneralSecurityException {
        byte[] seed = Base64.getUrlDecoder().decode(kept.getProperty("d", ""));
        PrivateKey secret =
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        return new Loaded<>(
                secret,
                open.apply(
                        new Kept(
                                kept.getProperty("x", ""),
                                Instant.parse(kept.getProperty("notBefore", "")),
                                kept)));
    }

    /// Written beside and moved, so that nobody reads half a key and a race keeps the first.
    private void make() throws IOException, GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] spki = pair.getPublic().getEncoded();
        String text =
                "d=%s\nx=%s\nnotBefore=%s\n%s"
                        .formatted(
                                base64.encodeToString(lastBytes(pkcs8)),
                                base64.encodeToString(lastBytes(spki)),
                                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                                more);
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path unfinished =
                Files.createTempFile(
                        folder,
                        file.getFileName().toString(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.writeString(unfinished, text);
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException _) {
            // Another replica was faster: its key is the key.
        } finally {
            Files.delete(unfinished);
        }
    }

    /// The key itself stands at the end of both encodings (RFC 8410).
    static byte[] lastBytes(byte[] encoded) {
        byte[] key = new byte[32];
        System.arraycopy(encoded, encoded.length - key.length, key, 0, key.length);
        return key;
    }
}
