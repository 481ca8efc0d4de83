package dev.devopspack.adapter.company;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `devopspack.oidc.*`.
@ConfigMapping(prefix = "devopspack.oidc")
public interface OidcSettings {

    /// The exact issuer, for example `https://login.example.com/realms/acme`.
    Optional<String> issuer();

    @WithName("client-id")
    Optional<String> clientId();

    @WithName("client-secret")
    Optional<String> clientSecret();

    /// A file whose first line is the secret, as containers hand it over.
    @WithName("client-secret-file")
    Optional<Path> clientSecretFile();

    /// The claim that holds a person's groups.
    @WithName("roles-claim")
    @WithDefault("groups")
    String rolesClaim();

    /// Groups by role, for example `devopspack.oidc.roles.approver=sre,security`.
    Map<String, List<String>> roles();

    /// Whether who has no passkey yet may enrol the first one after signing in.
    @WithName("first-passkey")
    @WithDefault("true")
    boolean firstPasskey();
}
