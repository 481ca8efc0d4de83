package dev.devopspack.attack;

import dev.devopspack.approval.GrantVerifier;
import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.approval.Verification;
import dev.devopspack.attack.Attack.Answer;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.task.Environment;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// Change sets of one file that are made anew for every attack, and what a pipeline does with them.
final class Releases {

    static final String FILE = "release.json";
    static final String PRODUCTION = "production";

    /// All families count together: no two change sets of a run are alike.
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Site site;
    private final String pipeline;

    /// @param pipeline a token that may use permissions
    Releases(Site site, String pipeline) {
        this.site = site;
        this.pipeline = pipeline;
    }

    /// A change set that waits.
    ///
    /// @param content of its one file
    record Waiting(
            String id,
            String digest,
            String approval,
            String content,
            String environment,
            String stack) {}

    Waiting waiting() throws Exception {
        return waiting(site.token(), PRODUCTION);
    }

    List<Waiting> waiting(int count) throws Exception {
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(waiting());
        }
        return waiting;
    }

    /// @param token of who asks
    /// @param environment one in which people are asked
    Waiting waiting(String token, String environment) throws Exception {
        return waiting(token, environment, "attacked/" + MADE.incrementAndGet(), same -> same);
    }

    /// @param more what is added to an honest submission
    Waiting waiting(UnaryOperator<JsonObject> more) throws Exception {
        return waiting(site.token(), PRODUCTION, "attacked/" + MADE.incrementAndGet(), more);
    }

    /// Other files for the same place.
    Waiting instead(Waiting before) throws Exception {
        return waiting(site.token(), before.environment(), before.stack(), same -> same);
    }

    private Waiting waiting(
            String token, String environment, String stack, UnaryOperator<JsonObject> more)
            throws Exception {
        String content = "{\"release\": " + MADE.incrementAndGet() + "}\n";
        JsonObject answer =
                submitted(
                        more.apply(
                                Site.submission(Map.of(FILE, content))
                                        .put("stack", stack)
                                        .put("environment", environment)),
                        token);
        JsonObject changeSet = answer.getJsonObject("changeSet");
        if (changeSet == null || answer.getJsonObject("approval") == null) {
            throw new AssertionError("nobody was asked: " + answer.encode());
        }
        return new Waiting(
                changeSet.getString("id"),
                changeSet.getString("digest"),
                answer.getJsonObject("approval").getString("id"),
                content,
                environment,
                stack);
    }

    /// What the server says of the files.
    JsonObject submitted(JsonObject submission, String token) throws Exception {
        return new JsonObject(
                site.post("/api/v1/change-sets", "application/json", submission.encode(), token)
                        .body());
    }

    /// What an honest pipeline says that it is about to use.
    static JsonObject claim(Waiting waiting) {
        return new JsonObject()
                .put("digest", waiting.digest())
                .put("environment", waiting.environment())
                .put("files", new JsonObject().put(FILE, Digest.of(waiting.content()).value()));
    }

    Answer consume(Waiting waiting) throws Exception {
        return consume(waiting, claim(waiting), pipeline);
    }

    Answer consume(Waiting waiting, JsonObject claim, String token) throws Exception {
        return Site.answered(
                site.post(
                        "/api/v1/approvals/" + waiting.approval() + "/consume",
                        "application/json",
                        claim.encode(),
                        token));
    }

    String grant(Waiting approved) throws Exception {
        return site.text("/api/v1/approvals/" + approved.approval() + "/grant", pipeline);
    }

    /// Verifies a grant offline, as a pipeline without a network does.
    ///
    /// @param more what is added to the file
    Answer verified(String grant, Waiting approved, String more, String environment, Duration later)
            throws Exception {
        PresentedFiles files =
                PresentedFiles.of(Map.of(FILE, Digest.of(approved.content() + more)));
        Verification verification =
                new GrantVerifier(new PasskeyVerifier())
                        .verify(
                                grant,
                                new GrantVerifier.Intent(new Environment(environment), files, null),
                                GrantVerifier.Trust.in(
                                        KeySet.parse(
                                                site.text(
                                                        "/.well-known/devops-pack/jwks.json",
                                                        pipeline))),
                                Instant.now().plus(later));
        return Answer.of(verification instanceof Verification.Rejected, verification);
    }

    Answer verified(String grant, Waiting approved) throws Exception {
        return verified(grant, approved, "", approved.environment(), Duration.ZERO);
    }

    static Answer answered(Response response) {
        return Answer.of(
                response.statusCode() >= 400, response.statusCode() + " " + response.asString());
    }
}
