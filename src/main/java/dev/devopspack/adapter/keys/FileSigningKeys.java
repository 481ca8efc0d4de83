package dev.devopspack.adapter.keys;

import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// An Ed25519 key in the file `devopspack.signing-key`, else in `signing-key` of the data folder;
/// made at its first use where there is none.
///
/// Replicas of one installation share the file. A file that everybody may read is refused, and one
/// of this user's own that its group may read as well; a file that is handed in, as a container's
/// secrets are, belongs to another user and is read by the group.
@ApplicationScoped
public class FileSigningKeys implements SigningKeys {

    private static final String FILE = "signing-key";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Clock clock;
    private @Nullable Loaded loaded;

    public FileSigningKeys(
            @ConfigProperty(name = "devopspack.data-dir") Path folder,
            @ConfigProperty(name = "devopspack.signing-key") Optional<Path> named,
            Clock clock) {
        this.file = named.orElse(folder.resolve(FILE));
        this.clock = clock;
    }

    private record Loaded(PrivateKey secret, KeySet.Key open) {}

    @Override
    public String currentKeyId() {
        return key().open().keyId();
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key().secret());
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key cannot sign", e);
        }
    }

    @Override
    public KeySet published() {
        return new KeySet(List.of(key().open()));
    }

    private synchronized Loaded key() {
        if (loaded == null) {
            loaded = load();
        }
        return loaded;
    }

    private Loaded load() {
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
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("'" + file + "' holds no signing key", e);
        }
    }

    private boolean tooOpen() throws IOException {
        Set<PosixFilePermission> open = new HashSet<>(Files.getPosixFilePermissions(file));
        open.removeAll(OWNER_ONLY);
        String user = System.getProperty("user.name");
        if (!Files.getOwner(file).getName().equals(user)) {
            open.remove(PosixFilePermission.GROUP_READ);
        }
        return !open.isEmpty();
    }

    private static Loaded read(Properties kept) throws GeneralSecurityException {
        byte[] seed = Base64.getUrlDecoder().decode(kept.getProperty("d", ""));
        PrivateKey secret =
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        KeySet.Key open =
                new KeySet.Key(
                        kept.getProperty("x", ""),
                        Instant.parse(kept.getProperty("notBefore", "")),
                        null);
        return new Loaded(secret, open);
    }

    /// Written beside and moved, so that nobody reads half a key and a race keeps the first.
    private void make() throws IOException, GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] spki = pair.getPublic().getEncoded();
        String text =
                "d=%s\nx=%s\nnotBefore=%s\n"
                        .formatted(
                                base64.encodeToString(lastBytes(pkcs8)),
                                base64.encodeToString(lastBytes(spki)),
                                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path unfinished =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        FILE,
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
    private static byte[] lastBytes(byte[] encoded) {
        byte[] key = new byte[32];
        System.arraycopy(encoded, encoded.length - key.length, key, 0, key.length);
        return key;
    }
}
