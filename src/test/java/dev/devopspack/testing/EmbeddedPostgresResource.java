package dev.devopspack.testing;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Gives every `@QuarkusTest` the {@link TestDatabase}. Nothing needs to name this class.
@QuarkusTestResource(EmbeddedPostgresResource.class)
public class EmbeddedPostgresResource implements QuarkusTestResourceLifecycleManager {

    /// Quarkus loads tests by class loaders that it closes again; the database lives in the one of
    /// the whole run.
    @Override
    @SuppressWarnings("unchecked")
    public Map<String, String> start() {
        try {
            Class<?> database =
                    ClassLoader.getSystemClassLoader().loadClass(TestDatabase.class.getName());
            Object settings = database.getMethod("settings").invoke(null);
            Map<String, String> properties =
                    new HashMap<>(
                            (Map<String, String>)
                                    settings.getClass().getMethod("properties").invoke(settings));
            // The data folder outlives this database, whose log begins anew.
            properties.put(
                    "devopspack.checkpoint-file",
                    "target/test-checkpoints/" + UUID.randomUUID() + ".txt");
            return properties;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the tests' database does not start", e);
        }
    }

    @Override
    public void stop() {}
}
