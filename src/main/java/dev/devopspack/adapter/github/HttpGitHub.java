package dev.devopspack.adapter.github;

import dev.devopspack.adapter.http.Outgoing;
import dev.devopspack.approval.enforcement.ForeignJson;
import dev.devopspack.approval.enforcement.github.Delivery;
import dev.devopspack.approval.enforcement.github.GitHubApi;
import dev.devopspack.approval.enforcement.github.GitHubApp;
import dev.devopspack.change.Canonical;
import dev.devopspack.task.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// GitHub over HTTP: only the configured address is ever called, and no redirect is followed.
@ApplicationScoped
public class HttpGitHub implements GitHubApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// An answer of GitHub's about a token or an error.
    private static final long MAX_BYTES = 200_000;

    private static final String VERSION = "2022-11-28";

    private final Clock clock;

    HttpGitHub(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Told tell(GitHubApp app, Delivery delivery, State state, String comment)
            throws IOException {
        Map<String, Object> body = new TreeMap<>();
        body.put("environment_name", delivery.deployment());
        body.put("comment", Normalizer.normalize(comment, Normalizer.Form.NFC));
        if (state != State.WAITING) {
            body.put("state", state.name().toLowerCase(Locale.ROOT));
        }
        HttpResponse<String> answer =
                post(
                        delivery.callback(),
                        installationToken(app, delivery.installation()),
                        Canonical.text(body));
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return Told.DONE;
        }
        if (status == 404 || status == 410 || status == 422) {
            return Told.REFUSED;
        }
        throw new IOException("GitHub answers " + status);
    }

    private String installationToken(GitHubApp app, long installation) throws IOException {
        String mine = AppKey.parse(app.privateKey().reveal()).token(app.app(), clock.instant());
        HttpResponse<String> answer =
                post(
                        URI.create(
                                app.api()
                                        + "/app/installations/"
                                        + installation
                                        + "/access_tokens"),
                        mine,
                        "{}");
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    "GitHub gives no token for the installation: " + answer.statusCode());
        }
        try {
            if (ForeignJson.object("token", answer.body()).get("token") instanceof String token
                    && token.matches("[A-Za-z0-9_.-]{1,500}")) {
                return token;
            }
        } catch (InvalidInput e) {
            throw new IOException("GitHub's answer about the token cannot be read", e);
        }
        throw new IOException("GitHub's answer holds no token");
    }

    private HttpResponse<String> post(URI address, String token, String body) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(TIMEOUT)
                        .header("Accept", "application/vnd.github+json")
                        .header("X-GitHub-Api-Version", VERSION)
                        .header("User-Agent", "devops-pack")
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return Outgoing.http()
                    .send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
