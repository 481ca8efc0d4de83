package dev.devopspack.adapter.recipients;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// `devopspack.secrets.*`.
@ConfigMapping(prefix = "devopspack.secrets")
public interface SecretSettings {

    /// By name, for example `devopspack.secrets.recipients.payments-cluster.certificate-file`.
    Map<String, RecipientSettings> recipients();

    /// One recipient: either of the two.
    interface RecipientSettings {

        /// A recipient of age: `age1…`.
        Optional<String> age();

        /// A file with the certificate of a Sealed Secrets controller, in PEM.
        @WithName("certificate-file")
        Optional<Path> certificateFile();
    }
}
