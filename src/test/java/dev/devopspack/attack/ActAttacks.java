package dev.devopspack.attack;

import static io.restassured.RestAssured.given;

import dev.devopspack.attack.Attack.Answer;
import dev.devopspack.attack.Attack.Call;
import dev.devopspack.change.Digest;
import dev.devopspack.testing.CriticalFinding;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.SoftPasskey;
import dev.devopspack.testing.SoftPasskey.Circumstances;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// At what people sign beside decisions: pauses, waivers, delegations and the broken glass.
final class ActAttacks {

    private static final String FAMILY = "exceptions";
    private static final String PAUSES = "/pauses";
    private static final String DELEGATIONS = "/delegations";
    private static final String GLASS = "/break-glass";

    /// The people of the story.
    ///
    /// @param admin who may pause, and review
    /// @param approver who may waive, delegate and break the glass
    /// @param stranger an approver of another environment
    /// @param onlooker who may nothing of it
    /// @param onlookerId whom an approver may let decide
    /// @param approverId the approver's own id
    record Cast(
            PersonAtBrowser admin,
            PersonAtBrowser approver,
            PersonAtBrowser stranger,
            PersonAtBrowser onlooker,
            String onlookerId,
            String approverId) {}

    private final Site site;
    private final Cast cast;
    private final AtomicInteger places = new AtomicInteger();
    private final List<Attack> attacks = new ArrayList<>();

    ActAttacks(Site site, Cast cast) {
        this.site = site;
        this.cast = cast;
    }

    List<Attack> all() {
        pauses();
        waivers();
        delegations();
        brokenGlass();
        return attacks;
    }

    private void add(String name, Call tried, Call twin) {
        attacks.add(new Attack(FAMILY, name, tried, twin));
    }

    private void pauses() {
        Call honest = () -> answered(cast.admin().act(PAUSES, place(place())));
        add("a pause with a token", () -> answered(withToken(PAUSES, place(place()))), honest);
        add(
                "a pause by an approver",
                () -> answered(cast.approver().act(PAUSES, place(place()))),
                honest);
        add(
                "a pause without the page's own mark",
                () -> answered(cast.admin().postWithoutCsrf(PAUSES, place(place()))),
                honest);
        add(
                "a pause that another admin's passkey signed",
                () -> {
                    Response options = cast.admin().prepare(PAUSES, place(place()));
                    return answered(
                            cast.admin()
                                    .post(
                                            PAUSES,
                                            cast.approver().signature(options, how -> how),
                                            shown(options)));
                },
                honest);
        forgedPause("signed for another site", how -> how.withRpId("evil.example"));
        forgedPause("signed at another origin", how -> how.withOrigin("https://evil.example"));
        forgedPause("signed without its person", how -> how.withFlags(SoftPasskey.USER_PRESENT));
        add(
                "the signature of a pause again",
                () -> {
                    Response options = cast.admin().prepare(PAUSES, place(place()));
                    JsonObject signature = cast.admin().signature(options, how -> how);
                    Response first = cast.admin().post(PAUSES, signature, shown(options));
                    lift(first.jsonPath().getString("pause"));
                    return answered(cast.admin().post(PAUSES, signature, shown(options)));
                },
                honest);
        add(
                "a lift with the signature of a pause",
                () -> {
                    Response options = cast.admin().prepare(PAUSES, place(place()));
                    return answered(cast.admin().sign(PAUSES + "/lift", options));
                },
                () -> answered(lift(paused(place()))));
        add(
                "a pause of another text than the one shown",
                () -> {
                    Response options = cast.admin().prepare(PAUSES, place(place()));
                    return answered(
                            cast.admin()
                                    .post(
                                            PAUSES,
                                            cast.admin().signature(options, how -> how),
                                            Digest.of("another text")));
                },
                honest);
        add(
                "files for an environment that is paused",
                () -> {
                    String place = place();
                    paused(place);
                    return site.submit(notes(place));
                },
                () -> site.submit(notes(place())));
        add(
                "a pause of an agent that is not there",
                () ->
                        answered(
                                cast.admin()
                                        .act(
                                                PAUSES,
                                                new JsonObject()
                                                        .put("scope", "agent")
                                                        .put("agent", "devops_terrafrom")
                                                        .put("reason", "a typo"))),
                honest);
    }

    private void forgedPause(String how, UnaryOperator<Circumstances> forged) {
        add(
                "a pause " + how,
                () -> {
                    Response options = cast.admin().prepare(PAUSES, place(place()));
                    return answered(
                            cast.admin()
                                    .post(
                                            PAUSES,
                                            cast.admin().signature(options, forged),
                                            shown(options)));
                },
                () -> answered(cast.admin().act(PAUSES, place(place()))));
    }

    private void waivers() {
        Call honest = () -> answered(waive(cast.approver(), binding(), 30, Map.of()));
        add(
                "a waiver with a token",
                () -> {
                    JsonPath open = binding();
                    return answered(withToken(door(open), waiver(open, 30, Map.of())));
                },
                honest);
        add(
                "a waiver by an onlooker",
                () -> answered(waive(cast.onlooker(), binding(), 30, Map.of())),
                honest);
        add(
                "a waiver by an approver of another environment",
                () -> answered(waive(cast.stranger(), binding(), 30, Map.of())),
                honest);
        add(
                "a waiver for a year",
                () -> answered(waive(cast.approver(), binding(), 365, Map.of())),
                honest);
        add(
                "a waiver without a reason",
                () -> answered(waive(cast.approver(), binding(), 30, Map.of("reason", " \t"))),
                honest);
        add(
                "a waiver of a finding that is not there",
                () ->
                        answered(
                                waive(
                                        cast.approver(),
                                        binding(),
                                        30,
                                        Map.of("finding", "nothing is wrong"))),
                honest);
        add(
                "a comment in the file instead of a waiver",
                () ->
                        site.submit(
                                new JsonObject()
                                        .put("stack", "attacked/" + UUID.randomUUID())
                                        .put("environment", "production")
                                        .put(
                                                "files",
                                                Site.files(
                                                        Map.of(
                                                                "binding.yaml",
                                                                "# devops-pack:skip=DP-K8S-RBAC-035: we know\n"
                                                                        + CriticalFinding
                                                                                .BINDING)))),
                () -> {
                    JsonPath open = binding();
                    waive(cast.approver(), open, 30, Map.of());
                    JsonPath judged =
                            given().header("Authorization", "Bearer " + site.token())
                                    .baseUri("http://" + site.host())
                                    .get("/api/v1/change-sets/" + open.getString("changeSet.id"))
                                    .jsonPath();
                    return Answer.of(
                            !"PENDING".equals(judged.getString("approval.status")),
                            judged.prettify());
                });
    }

    private void delegations() {
        Call honest =
                () -> answered(delegate(cast.approver(), cast.onlookerId(), "production", 14));
        add(
                "a delegation with a token",
                () ->
                        answered(
                                withToken(
                                        DELEGATIONS,
                                        delegation(cast.onlookerId(), "production", 14))),
                honest);
        add(
                "a delegation by an onlooker",
                () -> answered(delegate(cast.onlooker(), cast.approverId(), "production", 14)),
                honest);
        add(
                "a delegation to oneself",
                () -> answered(delegate(cast.approver(), cast.approverId(), "production", 14)),
                honest);
        add(
                "a delegation for a year",
                () -> answered(delegate(cast.approver(), cast.onlookerId(), "production", 365)),
                honest);
        add(
                "a delegation of what one does not approve",
                () -> answered(delegate(cast.stranger(), cast.onlookerId(), "production", 14)),
                () -> answered(delegate(cast.stranger(), cast.onlookerId(), "staging", 14)));
    }

    private void brokenGlass() {
        Call honest = () -> reviewed(breakGlass(cast.approver(), waiting(), Map.of()));
        add(
                "breaking the glass with a token",
                () -> {
                    JsonPath waiting = waiting();
                    return answered(withToken(GLASS, glass(waiting, Map.of())));
                },
                honest);
        add(
                "breaking the glass as an approver of another environment",
                () -> answered(breakGlass(cast.stranger(), waiting(), Map.of())),
                honest);
        add(
                "breaking the glass over another text than the one shown",
                () ->
                        answered(
                                breakGlass(
                                        cast.approver(),
                                        waiting(),
                                        Map.of("rendering", Digest.of("another").value()))),
                honest);
        add(
                "an incident whose name turns around",
                () ->
                        answered(
                                breakGlass(
                                        cast.approver(),
                                        waiting(),
                                        Map.of("incident", "INC-\u202e7114"))),
                honest);
        add(
                "breaking the glass twice before a review",
                () -> {
                    Response first = breakGlass(cast.approver(), waiting(), Map.of());
                    Answer second = answered(breakGlass(cast.approver(), waiting(), Map.of()));
                    reviewed(first);
                    return second;
                },
                honest);
        add(
                "a review by who broke it",
                () -> {
                    Response first = breakGlass(cast.approver(), waiting(), Map.of());
                    Answer own = answered(review(cast.approver(), first));
                    reviewed(first);
                    return own;
                },
                honest);
    }

    private String place() {
        return "attacked-" + places.incrementAndGet();
    }

    private static JsonObject place(String name) {
        return new JsonObject()
                .put("scope", "environment")
                .put("environment", name)
                .put("reason", "an attack");
    }

    private String paused(String place) {
        return cast.admin().act(PAUSES, place(place)).jsonPath().getString("pause");
    }

    private Response lift(String pause) {
        return cast.admin()
                .act(PAUSES + "/lift", new JsonObject().put("pause", pause).put("reason", "over"));
    }

    private static JsonObject notes(String environment) {
        return new JsonObject()
                .put("stack", "attacked/" + UUID.randomUUID())
                .put("environment", environment)
                .put("files", Site.files(Map.of("notes.md", UUID.randomUUID() + "\n")));
    }

    private JsonPath submitted(JsonObject submission) {
        return given().header("Authorization", "Bearer " + site.token())
                .baseUri("http://" + site.host())
                .contentType("application/json")
                .body(submission.encode())
                .post("/api/v1/change-sets")
                .jsonPath();
    }

    private JsonPath waiting() {
        return submitted(notes("production"));
    }

    /// With one critical finding.
    private JsonPath binding() {
        return submitted(
                new JsonObject()
                        .put("stack", "attacked/" + UUID.randomUUID())
                        .put("environment", "production")
                        .put("files", Site.files(Map.of("binding.yaml", CriticalFinding.BINDING))));
    }

    private static String door(JsonPath open) {
        return "/change-sets/" + open.getString("changeSet.id") + "/waivers";
    }

    static JsonObject waiver(JsonPath open, int days, Map<String, String> changed) {
        Map<String, Object> finding =
                open.getMap("verdicts.find { it.gate == 'gate.security.infra' }.findings[0]");
        JsonObject fields =
                new JsonObject()
                        .put("rule", finding.get("rule"))
                        .put("file", finding.get("file"))
                        .put("resource", finding.get("resource"))
                        .put("finding", finding.get("message"))
                        .put("reason", "the shop window is public")
                        .put("until", LocalDate.now(ZoneOffset.UTC).plusDays(days).toString());
        changed.forEach(fields::put);
        return fields;
    }

    private static Response waive(
            PersonAtBrowser who, JsonPath open, int days, Map<String, String> changed) {
        return who.act(door(open), waiver(open, days, changed));
    }

    private static JsonObject delegation(String to, String environment, int days) {
        return new JsonObject()
                .put("to", to)
                .put("environment", environment)
                .put("reason", "a fortnight at sea")
                .put("until", LocalDate.now(ZoneOffset.UTC).plusDays(days).toString());
    }

    private static Response delegate(PersonAtBrowser who, String to, String environment, int days) {
        return who.act(DELEGATIONS, delegation(to, environment, days));
    }

    private JsonObject glass(JsonPath waiting, Map<String, String> changed) {
        JsonObject fields =
                new JsonObject()
                        .put("request", waiting.getString("approval.id"))
                        .put("incident", "INC-4711")
                        .put("reason", "the shop is down")
                        .put(
                                "rendering",
                                Digest.of(
                                                cast.approver()
                                                        .shownText(
                                                                waiting.getString("changeSet.id")))
                                        .value());
        changed.forEach(fields::put);
        return fields;
    }

    private Response breakGlass(
            PersonAtBrowser who, JsonPath waiting, Map<String, String> changed) {
        return who.act(GLASS, glass(waiting, changed));
    }

    private static Response review(PersonAtBrowser who, Response used) {
        return who.act(
                GLASS + "/review",
                new JsonObject()
                        .put("request", used.jsonPath().getString("approval"))
                        .put("justified", "yes")
                        .put("finding", "looked at it"));
    }

    /// The use, after which the next one may come.
    private Answer reviewed(Response used) {
        if (used.statusCode() == 200) {
            Response review = review(cast.admin(), used);
            if (review.statusCode() != 200) {
                return answered(review);
            }
        }
        return answered(used);
    }

    private Response withToken(String path, JsonObject fields) {
        return given().header("Authorization", "Bearer " + site.token())
                .baseUri("http://" + site.host())
                .header("Origin", "http://" + site.host())
                .header("X-DevOps-Pack", "page")
                .contentType("application/json")
                .body(fields.encode())
                .post(path + "/options");
    }

    private static Digest shown(Response options) {
        return Digest.of(options.jsonPath().getString("text"));
    }

    private static Answer answered(Response response) {
        return Answer.of(
                response.statusCode() >= 400, response.statusCode() + " " + response.asString());
    }
}
