package dev.devopspack.adapter.keys;

import dev.devopspack.audit.CheckpointKey;
import dev.devopspack.audit.Cosigner;
import dev.devopspack.audit.LogKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The key of the audit log's checkpoints, in the file `devopspack.checkpoint-key`, else in
/// `checkpoint-key` of the data folder.
///
/// The log's name stands in the same file: it stays what it was when the site's name changes, and
/// two installations never share one.
@ApplicationScoped
public class FileCheckpointKey implements CheckpointKey {

    private static final String FILE = "checkpoint-key";

    /// Enough that two installations of one name (`localhost`) differ.
    private static final int MARK_BYTES = 4;

    private final KeyFile<LogKey> key;
    private @Nullable Cosigner second;

    public FileCheckpointKey(
            @ConfigProperty(name = "devopspack.data-dir") Path folder,
            @ConfigProperty(name = "devopspack.checkpoint-key") Optional<Path> named,
            @ConfigProperty(name = "devopspack.site.id") String site,
            Clock clock) {
        byte[] mark = new byte[MARK_BYTES];
        new SecureRandom().nextBytes(mark);
        this.key =
                new KeyFile<>(
                        named.orElse(folder.resolve(FILE)),
                        "origin=" + site + "/audit/" + HexFormat.of().formatHex(mark) + "\n",
                        clock,
                        FileCheckpointKey::open);
    }

    private static LogKey open(KeyFile.Kept kept) {
        return new LogKey(
                kept.more().getProperty("origin", ""),
                Base64.getEncoder().encodeToString(Base64.getUrlDecoder().decode(kept.x())));
    }

    @Override
    public LogKey open() {
        return key.open();
    }

    @Override
    public byte[] sign(byte[] message) {
        return key.sign(message);
    }

    @Override
    public synchronized Optional<Cosigner> cosigner() {
        if (second == null) {
            second = SecondKey.of(key.open().name(), key.derived(SecondKey.PURPOSE));
        }
        return Optional.of(second);
    }
}
