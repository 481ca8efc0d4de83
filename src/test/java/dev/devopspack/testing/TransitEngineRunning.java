package dev.devopspack.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A {@link TransitEngine} that runs before the server does, and the settings that name it.
public class TransitEngineRunning implements QuarkusTestResourceLifecycleManager {

    public static final String ENGINE = "devopspack.transit.engine";

    private @Nullable TransitEngine engine;

    @Override
    public Map<String, String> start() {
        try {
            TransitEngine started = new TransitEngine();
            started.rotate(Instant.now());
            engine = started;
            Path token = Files.createTempFile(Path.of("target"), "transit", ".token");
            Files.writeString(token, TransitEngine.TOKEN + "\n");
            return Map.of(
                    ENGINE,
                    started.address().toString(),
                    "devopspack.transit.token-file",
                    token.toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (engine != null) {
            engine.close();
        }
    }
}
