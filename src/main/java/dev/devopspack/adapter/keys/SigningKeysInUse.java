package dev.devopspack.adapter.keys;

import dev.devopspack.approval.SigningKeys;
import dev.devopspack.task.InvalidInput;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The keys of grants that were configured: those of a key management service where
/// `devopspack.transit.engine` names one, else those in the file.
@ApplicationScoped
class SigningKeysInUse {

    private static final String DEFAULT_KEY = "devops-pack";

    @Produces
    @ApplicationScoped
    SigningKeys signingKeys(
            @ConfigProperty(name = "devopspack.data-dir") Path folder,
            @ConfigProperty(name = "devopspack.signing-key") Optional<Path> file,
            @ConfigProperty(name = "devopspack.transit.engine") Optional<URI> engine,
            @ConfigProperty(name = "devopspack.transit.key") Optional<String> key,
            @ConfigProperty(name = "devopspack.transit.token-file") Optional<Path> token,
            Clock clock) {
        if (engine.isEmpty()) {
            return new FileSigningKeys(folder, file, clock);
        }
        if (token.isEmpty() || file.isPresent()) {
            throw new InvalidInput(
                    "devopspack.transit",
                    "it has no token-file, or devopspack.signing-key is set too",
                    "Name the file with the engine's token, and take the other setting out.");
        }
        return new TransitSigningKeys(engine.get(), key.orElse(DEFAULT_KEY), token.get(), clock);
    }

    /// Opened before anybody decides: a key that is made while the first grant is signed would be
    /// valid from a second that may come after the grant's own. Keys that cannot be used are told
    /// now, and not to the first approver.
    void start(@Observes StartupEvent started, SigningKeys keys) {
        keys.currentKeyId();
    }
}
