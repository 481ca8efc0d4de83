package dev.devopspack.adapter.keys;

import dev.devopspack.approval.KeySet;
import dev.devopspack.manager.notice.NoticeKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The key of messages to hooks, in the file `devopspack.notify-key`, else in `notify-key` of the
/// data folder.
@ApplicationScoped
public class FileNoticeKey implements NoticeKey {

    private static final String FILE = "notify-key";

    private final KeyFile<KeySet.Key> key;

    public FileNoticeKey(
            @ConfigProperty(name = "devopspack.data-dir") Path folder,
            @ConfigProperty(name = "devopspack.notify-key") Optional<Path> named,
            Clock clock) {
        this.key =
                new KeyFile<>(
                        named.orElse(folder.resolve(FILE)),
                        "",
                        clock,
                        kept -> new KeySet.Key(kept.x(), kept.notBefore(), null));
    }

    @Override
    public String currentKeyId() {
        return key.open().keyId();
    }

    @Override
    public byte[] sign(byte[] message) {
        return key.sign(message);
    }

    @Override
    public KeySet published() {
        return new KeySet(List.of(key.open()));
    }
}
