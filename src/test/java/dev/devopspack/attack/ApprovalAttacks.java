package dev.devopspack.attack;

import dev.devopspack.attack.Attack.Answer;
import dev.devopspack.attack.Attack.Call;
import dev.devopspack.attack.Releases.Waiting;
import dev.devopspack.change.Digest;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.PersonAtBrowser.Asked;
import dev.devopspack.testing.SoftPasskey;
import dev.devopspack.testing.SoftPasskey.Circumstances;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/// At a person's decision and at the permission that comes of it.
final class ApprovalAttacks {

    private static final String FAMILY = "approval";

    /// The people and programs of the story.
    ///
    /// @param approver who may decide
    /// @param other a second one who may
    /// @param onlooker who may not
    /// @param pipeline a token that may use permissions
    /// @param own a token of the approver's own
    record Cast(
            PersonAtBrowser approver,
            PersonAtBrowser other,
            PersonAtBrowser onlooker,
            String pipeline,
            String own) {}

    private final Site site;
    private final Cast cast;
    private final Releases releases;
    private final List<Attack> attacks = new ArrayList<>();

    ApprovalAttacks(Site site, Cast cast) {
        this.site = site;
        this.cast = cast;
        this.releases = new Releases(site, cast.pipeline());
    }

    List<Attack> all() {
        signatures();
        people();
        uses();
        grants();
        return attacks;
    }

    private void signatures() {
        forged("for another site's page", how -> how.withOrigin("https://evil.example"));
        forged("for a page at another port", how -> how.withOrigin("http://localhost:1"));
        forged("for another site", how -> how.withRpId("evil.example"));
        forged("without looking who is there", how -> how.withFlags(SoftPasskey.USER_PRESENT));
        forged("without anybody there", how -> how.withFlags(0));
        forged("that was made to enrol", how -> how.withType("webauthn.create"));
        forged("in a frame of another site", Circumstances::withCrossOrigin);
        add(
                "a signature of somebody else's passkey",
                () -> {
                    Waiting waiting = waiting();
                    Asked asked = ask(cast.approver(), waiting);
                    return Releases.answered(
                            cast.approver()
                                    .answer(
                                            asked,
                                            cast.other().signature(asked, how -> how),
                                            shown(waiting)));
                },
                this::approvedHonestly);
        add(
                "a signature under another change set",
                () -> {
                    Waiting signed = waiting();
                    Waiting meant = waiting();
                    JsonObject signature =
                            cast.approver().signature(ask(cast.approver(), signed), how -> how);
                    Asked asked = ask(cast.approver(), meant);
                    return Releases.answered(
                            cast.approver().answer(asked, signature, shown(meant)));
                },
                this::approvedHonestly);
        add(
                "the same signature again",
                () -> {
                    Waiting waiting = waiting();
                    Asked asked = ask(cast.approver(), waiting);
                    JsonObject signature = cast.approver().signature(asked, how -> how);
                    cast.approver().answer(asked, signature, shown(waiting));
                    return Releases.answered(
                            cast.approver().answer(asked, signature, shown(waiting)));
                },
                this::approvedHonestly);
        add(
                "a yes to what was signed as a no",
                () -> {
                    Waiting waiting = waiting();
                    Asked no = cast.approver().ask(waiting.id(), waiting.approval(), "DENY");
                    JsonObject signature = cast.approver().signature(no, how -> how);
                    Asked yes =
                            new Asked(
                                    no.changeSet(),
                                    no.fields().copy().put("decision", "APPROVE"),
                                    no.csrf(),
                                    no.options());
                    return Releases.answered(
                            cast.approver().answer(yes, signature, shown(waiting)));
                },
                this::approvedHonestly);
        add(
                "a text that was not shown",
                () -> {
                    Waiting waiting = waiting();
                    return Releases.answered(
                            cast.approver()
                                    .decide(
                                            waiting.id(),
                                            waiting.approval(),
                                            "APPROVE",
                                            Digest.of("another text")));
                },
                this::approvedHonestly);
        add(
                "a decision without the page's own mark",
                () -> {
                    Waiting waiting = waiting();
                    Asked asked = ask(cast.approver(), waiting);
                    Asked unmarked =
                            new Asked(
                                    asked.changeSet(), asked.fields(), "guessed", asked.options());
                    return Releases.answered(
                            cast.approver()
                                    .answer(
                                            unmarked,
                                            cast.approver().signature(asked, how -> how),
                                            shown(waiting)));
                },
                this::approvedHonestly);
    }

    private void people() {
        add(
                "a decision by somebody who may only look",
                () -> {
                    Waiting waiting = waiting();
                    return Releases.answered(
                            cast.onlooker().decide(waiting.id(), waiting.approval(), "APPROVE"));
                },
                this::approvedHonestly);
        add(
                "a decision on one's own request",
                () -> {
                    Waiting own = own();
                    return Releases.answered(
                            cast.approver().decide(own.id(), own.approval(), "APPROVE"));
                },
                () -> {
                    Waiting own = own();
                    return Releases.answered(
                            cast.other().decide(own.id(), own.approval(), "APPROVE"));
                });
        add(
                "a decision by a token",
                () ->
                        site.get(
                                "/api/v1/approvals/" + waiting().approval() + "/approve",
                                site.token()),
                () -> site.get("/api/v1/approvals/" + waiting().approval(), site.token()));
        add(
                "a yes after the no",
                () -> {
                    Waiting waiting = waiting();
                    cast.other().decide(waiting.id(), waiting.approval(), "DENY");
                    return Releases.answered(
                            cast.approver().decide(waiting.id(), waiting.approval(), "APPROVE"));
                },
                this::approvedHonestly);
    }

    private void uses() {
        Call twin =
                () -> {
                    Waiting approved = approved();
                    return releases.consume(approved);
                };
        use("another digest", claim -> claim.put("digest", Digest.of("x").value()), twin);
        use("another environment", claim -> claim.put("environment", "staging"), twin);
        use("a plan that nobody saw", claim -> claim.put("plan", Digest.of("p").value()), twin);
        use(
                "a changed file",
                claim ->
                        claim.put(
                                "files",
                                new JsonObject().put(Releases.FILE, Digest.of("x").value())),
                twin);
        use(
                "one more file",
                claim -> {
                    claim.getJsonObject("files").put("more.tf", Digest.of("x").value());
                    return claim;
                },
                twin);
        use("no file", claim -> claim.put("files", new JsonObject()), twin);
        add(
                "a use before anybody decided",
                () -> {
                    Waiting waiting = waiting();
                    return releases.consume(waiting);
                },
                twin);
        add(
                "a second use",
                () -> {
                    Waiting approved = approved();
                    releases.consume(approved);
                    return releases.consume(approved);
                },
                twin);
        add(
                "a use by who asked",
                () -> {
                    Waiting approved = approved();
                    return releases.consume(approved, Releases.claim(approved), site.token());
                },
                twin);
    }

    private void grants() {
        Call twin = () -> verified(grant -> grant, "", "production", Duration.ZERO);
        add(
                "a grant with a bit turned",
                () -> verified(ApprovalAttacks::flipped, "", "production", Duration.ZERO),
                twin);
        add(
                "a grant for another environment",
                () -> verified(grant -> grant, "", "staging", Duration.ZERO),
                twin);
        add(
                "a grant after its time",
                () -> verified(grant -> grant, "", "production", Duration.ofDays(2)),
                twin);
        add(
                "a grant for another file",
                () -> verified(grant -> grant, "more", "production", Duration.ZERO),
                twin);
    }

    /// @param forgery what is done to the grant before
    /// @param more what is added to the file
    private Answer verified(
            UnaryOperator<String> forgery, String more, String environment, Duration later)
            throws Exception {
        Waiting approved = approved();
        return releases.verified(
                forgery.apply(releases.grant(approved)), approved, more, environment, later);
    }

    private static String flipped(String grant) {
        JsonObject envelope = new JsonObject(grant);
        byte[] payload = envelope.getBinary("payload");
        payload[payload.length / 2] ^= 1;
        return grant.replace(
                envelope.getString("payload"), Base64.getEncoder().encodeToString(payload));
    }

    private void forged(String how, UnaryOperator<Circumstances> forgery) {
        add(
                "a signature " + how,
                () -> {
                    Waiting waiting = waiting();
                    Asked asked = ask(cast.approver(), waiting);
                    return Releases.answered(
                            cast.approver()
                                    .answer(
                                            asked,
                                            cast.approver().signature(asked, forgery),
                                            shown(waiting)));
                },
                this::approvedHonestly);
    }

    private void use(String what, UnaryOperator<JsonObject> change, Call twin) {
        add(
                "a use of " + what,
                () -> {
                    Waiting approved = approved();
                    return releases.consume(
                            approved, change.apply(Releases.claim(approved)), cast.pipeline());
                },
                twin);
    }

    private Answer approvedHonestly() throws Exception {
        Waiting waiting = waiting();
        return Releases.answered(
                cast.approver().decide(waiting.id(), waiting.approval(), "APPROVE"));
    }

    private Waiting approved() throws Exception {
        Waiting waiting = waiting();
        Response decided = cast.approver().decide(waiting.id(), waiting.approval(), "APPROVE");
        if (decided.statusCode() != 200) {
            throw new AssertionError(decided.asString());
        }
        return waiting;
    }

    private Waiting waiting() throws Exception {
        return releases.waiting();
    }

    private Waiting own() throws Exception {
        return releases.waiting(cast.own(), Releases.PRODUCTION);
    }

    private static Asked ask(PersonAtBrowser person, Waiting waiting) {
        return person.ask(waiting.id(), waiting.approval(), "APPROVE");
    }

    private Digest shown(Waiting waiting) {
        return Digest.of(cast.approver().shownText(waiting.id()));
    }

    private void add(String name, Call tried, Call twin) {
        attacks.add(new Attack(FAMILY, name, tried, twin));
    }
}
