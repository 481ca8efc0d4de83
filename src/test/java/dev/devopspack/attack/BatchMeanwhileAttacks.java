package dev.devopspack.attack;

import static dev.devopspack.attack.Releases.answered;

import dev.devopspack.attack.Attack.Answer;
import dev.devopspack.attack.Releases.Waiting;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.CriticalFinding;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.TogetherPage;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/// At several requests under one signature by what happens between the challenge and its answer:
/// one of them, or the person, is not any more what it was.
final class BatchMeanwhileAttacks {

    private final Site site;
    private final Releases releases;
    private final BatchAttacks.Cast cast;
    private final People people;
    private final DataSource database;
    private final List<Attack> attacks = new ArrayList<>();

    BatchMeanwhileAttacks(
            Site site,
            Releases releases,
            BatchAttacks.Cast cast,
            People people,
            DataSource database) {
        this.site = site;
        this.releases = releases;
        this.cast = cast;
        this.people = people;
        this.database = database;
    }

    List<Attack> all() {
        add(
                "a finding that is waived no longer when the signature comes",
                () -> waivedThen(this::takenBack),
                () -> waivedThen(_ -> {}));
        add(
                "a right that was taken away after the challenge",
                () -> approvingIn(BatchAttacks.ELSEWHERE),
                () -> approvingIn(BatchAttacks.HERE));
        after("was denied", one -> cast.other().decide(one.id(), one.approval(), "DENY"));
        after(
                "was approved and used",
                one -> {
                    cast.other().decide(one.id(), one.approval(), "APPROVE");
                    Answer used = releases.consume(one);
                    if (used.refused()) {
                        throw new AssertionError(used.shown());
                    }
                });
        after("ran out of time", this::expire);
        add(
                "one whose environment was paused after the challenge",
                () -> pausedAfter(place(), true),
                () -> pausedAfter(place(), false));
        return attacks;
    }

    /// Something that happens to a request between the challenge and the signature.
    @FunctionalInterface
    private interface Event {
        void happens(Waiting one) throws Exception;
    }

    private void after(String what, Event event) {
        add(
                "one that " + what + " after the challenge",
                () -> answeredAfter(event),
                () -> answeredAfter(_ -> {}));
    }

    private Answer answeredAfter(Event event) throws Exception {
        List<Waiting> two = releases.waiting(2);
        JsonObject honest = honest(two);
        event.happens(two.get(1));
        return sent(cast.approver(), honest);
    }

    /// As the server's own sweeper does it.
    private void expire(Waiting one) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement sql =
                        connection.prepareStatement(
                                "UPDATE devopspack.approval_states"
                                        + " SET status = 'EXPIRED', changed_at = now()"
                                        + " WHERE approval = ?")) {
            sql.setString(1, one.approval());
            if (sql.executeUpdate() != 1) {
                throw new AssertionError(one + " is not there");
            }
        }
    }

    private Answer pausedAfter(String place, boolean paused) throws Exception {
        List<Waiting> two = List.of(releases.waiting(), releases.waiting(site.token(), place));
        JsonObject honest = honest(two);
        if (paused) {
            Response pause =
                    cast.admin()
                            .act(
                                    "/pauses",
                                    new JsonObject()
                                            .put("scope", "environment")
                                            .put("environment", place)
                                            .put("reason", "an attack"));
            if (pause.statusCode() != 200) {
                throw new AssertionError(pause.asString());
            }
        }
        return sent(cast.approver(), honest);
    }

    /// @param then where the approver of one place approves when the signature comes
    private Answer approvingIn(Environment then) throws Exception {
        List<Waiting> two = List.of(here(), here());
        JsonObject honest = honest(cast.local(), two);
        localApproves(then);
        try {
            return sent(cast.local(), honest);
        } finally {
            localApproves(BatchAttacks.HERE);
        }
    }

    private void localApproves(Environment environment) {
        people.setRoles(
                Principal.SYSTEM,
                cast.localId(),
                Set.of(Role.APPROVER, Role.VIEWER),
                Set.of(environment));
    }

    /// Two of which one has a finding that was waived.
    ///
    /// @param event what happens to the waiver, by its id, before the signature comes
    private Answer waivedThen(WaiverEvent event) throws Exception {
        JsonObject submission =
                Site.submission(Map.of("binding.yaml", CriticalFinding.BINDING))
                        .put("stack", "attacked/" + UUID.randomUUID())
                        .put("environment", Releases.PRODUCTION);
        JsonObject judged = releases.submitted(submission, site.token());
        JsonObject changeSet = judged.getJsonObject("changeSet");
        String page = "/change-sets/" + changeSet.getString("id");
        Response waived =
                cast.approver()
                        .act(
                                page + "/waivers",
                                ActAttacks.waiver(JsonPath.from(judged.encode()), 30, Map.of()));
        if (waived.statusCode() != 200) {
            throw new AssertionError(waived.asString());
        }
        JsonObject now = new JsonObject(site.text("/api/v1" + page, site.token()));
        Waiting bound =
                new Waiting(
                        changeSet.getString("id"),
                        changeSet.getString("digest"),
                        now.getJsonObject("approval").getString("id"),
                        CriticalFinding.BINDING,
                        Releases.PRODUCTION,
                        submission.getString("stack"));
        JsonObject honest = honest(List.of(releases.waiting(), bound));
        event.happens(waived.jsonPath().getString("waiver"));
        return sent(cast.approver(), honest);
    }

    /// Something that happens to a waiver.
    @FunctionalInterface
    private interface WaiverEvent {
        void happens(String waiver);
    }

    private void takenBack(String waiver) {
        Response ended =
                cast.approver()
                        .act(
                                "/waivers/end",
                                new JsonObject().put("waiver", waiver).put("reason", "no more"));
        if (ended.statusCode() != 200) {
            throw new AssertionError(ended.asString());
        }
    }

    private static String place() {
        return "together-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private Waiting here() throws Exception {
        return releases.waiting(site.token(), BatchAttacks.HERE.value());
    }

    private JsonObject honest(List<Waiting> chosen) {
        return honest(cast.approver(), chosen);
    }

    private static JsonObject honest(PersonAtBrowser who, List<Waiting> chosen) {
        return TogetherPage.honest(who, BatchAttacks.chosen(chosen));
    }

    private static Answer sent(PersonAtBrowser who, JsonObject honest) {
        return answered(who.postJson(TogetherPage.PATH, honest));
    }

    private void add(String name, Attack.Call tried, Attack.Call twin) {
        attacks.add(new Attack(BatchAttacks.FAMILY, name, tried, twin));
    }
}
