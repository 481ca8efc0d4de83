package dev.devopspack.assembly;

import dev.devopspack.language.schema.SchemaPacks;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Takes the schema packs that people made of newer providers, before anything is judged.
@ApplicationScoped
class SchemaPackFolder {

    private static final Logger LOG = Logger.getLogger(SchemaPackFolder.class);

    private final Optional<String> folder;

    SchemaPackFolder(
            @ConfigProperty(name = "devopspack.schema-packs.directory") Optional<String> folder) {
        this.folder = folder;
    }

    void start(@Observes StartupEvent event) {
        folder.map(Path::of)
                .map(SchemaPacks::take)
                .ifPresent(packs -> LOG.infof("schema packs of yours: %s", packs));
    }
}
