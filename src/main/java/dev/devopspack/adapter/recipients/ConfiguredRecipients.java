package dev.devopspack.adapter.recipients;

import dev.devopspack.approval.secret.AgeRecipient;
import dev.devopspack.approval.secret.ClusterRecipient;
import dev.devopspack.approval.secret.Recipient;
import dev.devopspack.task.InvalidInput;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The recipients that the administrator named. Certificates are read at the start.
@ApplicationScoped
class ConfiguredRecipients implements Recipient.Directory {

    private static final String SETTING = "devopspack.secrets.recipients.";

    /// A certificate takes two kilobytes.
    private static final long MAX_FILE_BYTES = 64 * 1_024;

    private final List<Recipient> recipients;

    @Inject
    ConfiguredRecipients(SecretSettings settings) {
        this(settings.recipients());
    }

    ConfiguredRecipients(Map<String, SecretSettings.RecipientSettings> settings) {
        this.recipients =
                new TreeMap<>(settings)
                        .entrySet().stream()
                                .map(each -> recipient(each.getKey(), each.getValue()))
                                .toList();
    }

    /// A mistake in the configuration ends the start, not the first secret.
    void start(@Observes StartupEvent started) {}

    private static Recipient recipient(String name, SecretSettings.RecipientSettings settings) {
        if (!name.matches("[a-z0-9][-a-z0-9]{0,39}")) {
            throw new IllegalStateException(
                    SETTING
                            + "…: a recipient's name is 1 to 40 lower-case letters, digits or '-',"
                            + " for example "
                            + SETTING
                            + "payments.age");
        }
        if (settings.age().isPresent() == settings.certificateFile().isPresent()) {
            throw new IllegalStateException(
                    "Set either "
                            + SETTING
                            + name
                            + ".age or "
                            + SETTING
                            + name
                            + ".certificate-file.");
        }
        try {
            return settings.age().isPresent()
                    ? new AgeRecipient(name, settings.age().get().strip())
                    : new ClusterRecipient(name, read(name, settings.certificateFile().get()));
        } catch (InvalidInput e) {
            throw new IllegalStateException(
                    SETTING + name + ": " + e.problem() + ". " + e.mend(), e);
        }
    }

    private static String read(String name, Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IllegalStateException(
                        SETTING + name + ".certificate-file: '" + file + "' is no certificate");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    SETTING + name + ".certificate-file: '" + file + "' cannot be read", e);
        }
    }

    @Override
    public Optional<Recipient> find(String name) {
        return recipients.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public List<Recipient> all() {
        return recipients;
    }
}
