package dev.devopspack.adapter.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.adapter.http.Outgoing;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.company.CompanyProvider;
import dev.devopspack.identity.company.CompanySettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A provider of OpenID Connect. No redirect is followed, nothing long is read, nobody is waited
/// for.
@ApplicationScoped
class OidcProvider implements CompanyProvider {

    private static final Logger LOG = Logger.getLogger(OidcProvider.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A person waits meanwhile.
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// What a provider publishes of itself, or answers to a code.
    private static final long MAX_BYTES = 256 * 1_024;

    /// How long published endpoints count; they change about never.
    private static final Duration FRESH = Duration.ofHours(1);

    private final Optional<CompanySettings> settings;
    private final Optional<String> secret;
    private final Clock clock;

    private @Nullable Kept kept;

    private record Kept(Endpoints endpoints, Instant until) {}

    @Inject
    OidcProvider(
            OidcSettings given,
            @ConfigProperty(name = "devopspack.base-url") String site,
            Clock clock) {
        this.settings = given.issuer().map(issuer -> settings(given, issuer, site));
        this.secret =
                given.clientSecret().or(() -> given.clientSecretFile().map(OidcProvider::line));
        this.clock = clock;
    }

    /// A mistake in the configuration ends the start, not the first sign-in.
    void start(@Observes StartupEvent started) {}

    private static CompanySettings settings(OidcSettings given, String issuer, String site) {
        secureOrLocal("devopspack.oidc.issuer", URI.create(issuer));
        String client =
                given.clientId()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "devopspack.oidc.issuer is set and devopspack.oidc.client-id"
                                                + " is not. Set it to this server's client id."));
        Map<Role, Set<String>> roles = new EnumMap<>(Role.class);
        given.roles().forEach((name, groups) -> roles.put(role(name), Set.copyOf(groups)));
        if (roles.isEmpty()) {
            throw new IllegalStateException(
                    "devopspack.oidc.issuer is set and no group has a role. Set for example"
                            + " devopspack.oidc.roles.approver=sre.");
        }
        return new CompanySettings(
                issuer, client, site + "/mcp", given.rolesClaim(), roles, given.firstPasskey());
    }

    private static Role role(String name) {
        try {
            Role role = Role.valueOf(name.toUpperCase(Locale.ROOT));
            if (role != Role.PIPELINE) {
                return role;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new IllegalStateException(
                "devopspack.oidc.roles."
                        + name
                        + ": there is no such role of people. Use viewer, requester, approver,"
                        + " auditor or admin.");
    }

    private static String line(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? "" : lines.getFirst().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "devopspack.oidc.client-secret-file names '" + file + "', which cannot be read",
                    e);
        }
    }

    @Override
    public Optional<CompanySettings> settings() {
        return settings;
    }

    @Override
    public synchronized Endpoints endpoints() throws IOException {
        Instant now = clock.instant();
        if (kept == null || !now.isBefore(kept.until())) {
            kept = new Kept(published(settings.orElseThrow().issuer()), now.plus(FRESH));
        }
        return kept.endpoints();
    }

    private Endpoints published(String issuer) throws IOException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode document =
                answer(
                        HttpRequest.newBuilder(
                                        URI.create(base + "/.well-known/openid-configuration"))
                                .GET());
        if (!issuer.equals(document.path("issuer").asText())) {
            throw new IOException("what it publishes is of another issuer");
        }
        return new Endpoints(
                endpoint(document, "authorization_endpoint"),
                endpoint(document, "token_endpoint"),
                endpoint(document, "jwks_uri").toString());
    }

    private static URI endpoint(JsonNode document, String name) throws IOException {
        try {
            URI endpoint = URI.create(document.path(name).asText());
            secureOrLocal(name, endpoint);
            return endpoint;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException("its " + name + " cannot be used", e);
        }
    }

    /// Without TLS only a provider on this machine is spoken with.
    private static void secureOrLocal(String name, URI address) {
        String host = address.getHost();
        boolean local = "localhost".equals(host) || "127.0.0.1".equals(host);
        boolean usable =
                host != null
                        && address.getRawUserInfo() == null
                        && address.getRawFragment() == null
                        && ("https".equals(address.getScheme())
                                || (local && "http".equals(address.getScheme())));
        if (!usable) {
            throw new IllegalStateException(name + " must be an https address.");
        }
    }

    @Override
    public String identityToken(String code, String verifier, String redirect) throws IOException {
        CompanySettings known = settings.orElseThrow();
        String form =
                "grant_type=authorization_code&code="
                        + encoded(code)
                        + "&code_verifier="
                        + encoded(verifier)
                        + "&redirect_uri="
                        + encoded(redirect)
                        + "&client_id="
                        + encoded(known.clientId());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoints().token())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form));
        secret.ifPresent(each -> request.header("Authorization", basic(known.clientId(), each)));
        String token = answer(request).path("id_token").asText();
        if (token.isEmpty()) {
            throw new IOException("its answer has no identity token");
        }
        return token;
    }

    private static String basic(String client, String secret) {
        String both = encoded(client) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException {
        HttpRequest sent = request.timeout(TIMEOUT).header("Accept", "application/json").build();
        try {
            HttpResponse<String> answer =
                    Outgoing.http()
                            .send(sent, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
            if (answer.statusCode() != 200) {
                throw new IOException("it answers " + answer.statusCode());
            }
            JsonNode document = JSON.readTree(answer.body());
            return document == null ? JSON.createObjectNode() : document;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            LOG.warnf("the identity provider: address=%s why=%s", sent.uri(), e.getMessage());
            throw e;
        }
    }
}
