package dev.devopspack.adapter.keys;

import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The keys of grants, in the file `devopspack.signing-key`, else in `signing-key` of the data
/// folder. A file that changes is read anew, so that every replica follows a change of keys.
final class FileSigningKeys implements SigningKeys {

    private static final Logger LOG = Logger.getLogger(FileSigningKeys.class);

    private static final String FILE = "signing-key";

    /// How often it is looked whether the file changed: far below the time before a new key signs.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final Path file;
    private final Clock clock;
    private @Nullable Loaded loaded;

    FileSigningKeys(Path folder, Optional<Path> named, Clock clock) {
        this.file = place(folder, named);
        this.clock = clock;
    }

    /// @param named the file that an operator named
    static Path place(Path folder, Optional<Path> named) {
        return named.orElse(folder.resolve(FILE));
    }

    /// @param text of the file, to see a change
    /// @param lookAgainAt when it is looked at next
    private record Loaded(GrantKeys keys, String text, Instant lookAgainAt) {}

    @Override
    public String currentKeyId() {
        return keys().at(clock.instant()).open(null).keyId();
    }

    @Override
    public Signed sign(byte[] message) {
        GrantKeys.Signing key = keys().at(clock.instant());
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key.secret());
            ed25519.update(message);
            return new Signed(key.open(null).keyId(), ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key in '" + file + "' cannot sign", e);
        }
    }

    @Override
    public KeySet published() {
        return keys().published();
    }

    private synchronized GrantKeys keys() {
        Instant now = clock.instant();
        Loaded kept = loaded;
        if (kept == null) {
            kept = looked(now);
        } else if (!now.isBefore(kept.lookAgainAt())) {
            kept = again(kept, now);
        }
        loaded = kept;
        return kept.keys();
    }

    private Loaded looked(Instant now) {
        GrantKeys keys = KeyFile.grantKeys(file, clock);
        return new Loaded(keys, keys.text(), now.plus(LOOK_EVERY));
    }

    /// A file that cannot be read now, because somebody is changing it or it was taken away, does
    /// not take the keys away that were read before.
    private Loaded again(Loaded before, Instant now) {
        try {
            if (!Files.isReadable(file)) {
                throw new IOException("it cannot be read");
            }
            Loaded after = looked(now);
            if (!after.text().equals(before.text())) {
                LOG.infof(
                        "the keys of grants changed: file=%s keys=%s",
                        file, after.keys().published().digest());
            }
            return after;
        } catch (IOException | RuntimeException e) {
            LOG.errorf("the keys of grants cannot be read anew: file=%s why=%s", file, e);
            return new Loaded(before.keys(), before.text(), now.plus(LOOK_EVERY));
        }
    }
}
