package dev.devopspack.adapter.keys;

import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.SigningKeys;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The key of grants, in the file `devopspack.signing-key`, else in `signing-key` of the data
/// folder.
@ApplicationScoped
public class FileSigningKeys implements SigningKeys {

    private static final String FILE = "signing-key";

    private final KeyFile<KeySet.Key> key;

    public FileSigningKeys(
            @ConfigProperty(name = "devopspack.data-dir") Path folder,
            @ConfigProperty(name = "devopspack.signing-key") Optional<Path> named,
            Clock clock) {
        this.key =
                new KeyFile<>(
                        named.orElse(folder.resolve(FILE)),
                        "",
                        clock,
                        kept -> new KeySet.Key(kept.x(), kept.notBefore(), null));
    }

    /// Opened before anybody decides: a key that is made while the first grant is signed would be
    /// valid from a second that may come after the grant's own. A file that cannot be used is told
    /// now, and not to the first approver.
    void start(@Observes StartupEvent started) {
        key.open();
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
