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
import java.util.Optional;
import java.util.TreeMap;

/// GitHub over HTTP: only the configured address is ever called, and no redirect is followed.
@ApplicationScoped
public class HttpGitHub implements GitHubApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// An answer of GitHub's about a token, a run or an error.
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

    @Override
    public Optional<Run> run(GitHubApp app, Delivery delivery) throws IOException {
        HttpResponse<String> answer =
                send(
                        request(delivery.run(), installationToken(app, delivery.installation()))
                                .GET());
        if (answer.statusCode() == 404 || answer.statusCode() == 410) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "GitHub does not tell which workflow runs ("
                            + answer.statusCode()
                            + "); the App needs to read Actions");
        }
        try {
            Map<String, Object> run = ForeignJson.object("run", answer.body());
            if (run.get("path") instanceof String path
                    && run.get("head_sha") instanceof String commit) {
                return Optional.of(new Run(withoutReference(path), commit));
            }
        } catch (InvalidInput e) {
            throw new IOException("GitHub's answer about the run cannot be read", e);
        }
        throw new IOException("GitHub's answer does not hold the run's workflow");
    }

    /// GitHub writes `.github/workflows/deploy.yml`, or the same with `@main` behind it. What ends
    /// as a workflow's file does is taken whole: `deploy.yml@x.yml` may be the name of another one.
    private static String withoutReference(String path) {
        int at = path.indexOf('@');
        return at < 0 || path.endsWith(".yml") || path.endsWith(".yaml")
                ? path
                : path.substring(0, at);
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

    private static HttpResponse<String> post(URI address, String token, String body)
            throws IOException {
        return send(
                request(address, token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(URI address, String token) {
        return HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", VERSION)
                .header("User-Agent", "devops-pack")
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return Outgoing.http()
                    .send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
