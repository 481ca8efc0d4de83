package dev.devopspack.attack;

import static dev.devopspack.attack.Releases.answered;

import dev.devopspack.approval.BatchProof;
import dev.devopspack.attack.Attack.Answer;
import dev.devopspack.attack.Attack.Call;
import dev.devopspack.attack.Releases.Waiting;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.PersonAtBrowser.Asked;
import dev.devopspack.testing.SoftPasskey;
import dev.devopspack.testing.SoftPasskey.Circumstances;
import dev.devopspack.testing.TogetherPage;
import dev.devopspack.testing.TogetherPage.Chosen;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// At several requests under one signature: what is chosen, shown, signed and answered, and by
/// whom.
final class BatchAttacks {

    static final String FAMILY = "several under one signature";
    private static final String DOOR = TogetherPage.PATH;

    /// Where the approver of one place approves.
    static final Environment HERE = new Environment("together-here");

    static final Environment ELSEWHERE = new Environment("together-elsewhere");

    /// The people of the story.
    ///
    /// @param approver who may decide everywhere
    /// @param other a second one who may
    /// @param local who may decide in {@link #HERE} alone
    /// @param onlooker who may not
    /// @param admin who may pause
    /// @param own a token of the approver's own
    record Cast(
            PersonAtBrowser approver,
            PersonAtBrowser other,
            PersonAtBrowser local,
            PersonId localId,
            PersonAtBrowser onlooker,
            PersonAtBrowser admin,
            String own) {}

    private final Site site;
    private final Releases releases;
    private final Cast cast;
    private final List<Attack> attacks = new ArrayList<>();

    BatchAttacks(Site site, Releases releases, Cast cast) {
        this.site = site;
        this.releases = releases;
        this.cast = cast;
    }

    List<Attack> all() {
        signatures();
        choices();
        texts();
        who();
        doors();
        return attacks;
    }

    private void signatures() {
        forged("for another site's page", how -> how.withOrigin("https://evil.example"));
        forged("for another site", how -> how.withRpId("evil.example"));
        forged("without looking who is there", how -> how.withFlags(SoftPasskey.USER_PRESENT));
        forged("that was made to enrol", how -> how.withType("webauthn.create"));
        forged("in a frame of another site", Circumstances::withCrossOrigin);
        add(
                "a signature of somebody else's passkey",
                () -> {
                    List<Waiting> two = two();
                    return answer(two, cast.other().signature(options(two), how -> how));
                });
        add(
                "the answer to somebody else's challenge",
                () -> {
                    List<Waiting> two = two();
                    Response options = options(cast.other(), two);
                    return answer(two, cast.approver().signature(options, how -> how));
                });
        add(
                "the same signature again",
                () -> {
                    List<Waiting> two = two();
                    JsonObject signature = signature(options(two));
                    answer(two, signature);
                    return answer(two, signature);
                });
        add(
                "the signature of several under one of them",
                () -> {
                    List<Waiting> two = two();
                    JsonObject signature = signature(options(two));
                    Waiting one = two.getFirst();
                    Asked asked = cast.approver().ask(one.id(), one.approval(), "APPROVE");
                    return answered(cast.approver().answer(asked, signature, shown(one)));
                });
        add(
                "the signature of one under several",
                () -> {
                    List<Waiting> two = two();
                    Waiting one = two.getFirst();
                    options(two);
                    Asked asked = cast.approver().ask(one.id(), one.approval(), "APPROVE");
                    return answer(two, cast.approver().signature(asked, how -> how));
                });
        add(
                "the signature of a no under several",
                () -> {
                    List<Waiting> two = two();
                    Waiting one = two.getFirst();
                    Asked asked = cast.approver().ask(one.id(), one.approval(), "DENY");
                    return answer(two, cast.approver().signature(asked, how -> how));
                });
    }

    private void choices() {
        add(
                "one more than was signed",
                () -> {
                    List<Waiting> three = releases.waiting(3);
                    return answer(three, signature(options(three.subList(0, 2))));
                });
        add(
                "one less than was signed",
                () -> {
                    List<Waiting> three = releases.waiting(3);
                    return answer(three.subList(0, 2), signature(options(three)));
                });
        add(
                "one in another's place",
                () -> {
                    List<Waiting> three = releases.waiting(3);
                    return answer(
                            List.of(three.get(0), three.get(2)),
                            signature(options(three.subList(0, 2))));
                });
        add(
                "one of them chosen twice",
                () -> {
                    Waiting one = releases.waiting();
                    return answered(options(List.of(one, one)));
                });
        add(
                "one of them answered twice in place of the other",
                () -> {
                    List<Waiting> two = two();
                    return answer(List.of(two.getFirst(), two.getFirst()), signature(options(two)));
                });
        add("one alone as several", () -> answered(options(releases.waiting(1))));
        add(
                "one that is not there",
                () -> {
                    Waiting one = releases.waiting();
                    Waiting gone =
                            new Waiting(
                                    one.id(),
                                    one.digest(),
                                    "ap-" + "a".repeat(26),
                                    one.content(),
                                    one.environment(),
                                    one.stack());
                    return answered(options(List.of(one, gone)));
                });
        List<Waiting> many = new ArrayList<>();
        add(
                "more than can be read before one signature",
                () -> {
                    many.addAll(releases.waiting(BatchProof.MOST + 1));
                    return answered(options(many));
                },
                () -> approved(many.subList(0, BatchProof.MOST)));
    }

    private void texts() {
        add(
                "a text that was not shown for one of them",
                () -> {
                    List<Waiting> two = two();
                    return answer(
                            signature(options(two)),
                            said(two.get(0), shown(two.get(0))),
                            said(two.get(1), Digest.of("another text")));
                });
        add(
                "texts in each other's place",
                () -> {
                    List<Waiting> two = two();
                    return answer(
                            signature(options(two)),
                            said(two.get(0), shown(two.get(1))),
                            said(two.get(1), shown(two.get(0))));
                });
        add(
                "other files in the same place than the page showed",
                () -> {
                    List<Waiting> two = two();
                    Digest shown = shown(two.get(0));
                    Waiting changed = releases.instead(two.get(0));
                    return answer(
                            signature(options(List.of(changed, two.get(1)))),
                            said(changed, shown),
                            said(two.get(1), shown(two.get(1))));
                });
    }

    private void who() {
        add("somebody who may only look", () -> answered(options(cast.onlooker(), two())));
        add(
                "one's own request among them",
                () -> answered(options(List.of(releases.waiting(), own()))),
                () -> together(cast.other(), List.of(releases.waiting(), own())));
        add(
                "one of an environment that is not one's own",
                () -> answered(options(cast.local(), List.of(here(), elsewhere()))),
                () -> together(cast.local(), List.of(here(), here())));
    }

    private void doors() {
        add(
                "a token",
                () -> {
                    JsonObject honest = honest(two());
                    return answered(cast.approver().postWithToken(DOOR, cast.own(), honest));
                });
        add(
                "a script without the page's own mark",
                () -> answered(cast.approver().postWithoutCsrf(DOOR, honest(two()))));
        add(
                "a script of another site's page",
                () ->
                        answered(
                                cast.approver()
                                        .postFromElsewhere(
                                                DOOR, "application/json", honest(two()))));
        add(
                "a form of another site's page",
                () ->
                        answered(
                                cast.approver()
                                        .postFromElsewhere(DOOR, "text/plain", honest(two()))));
    }

    private void forged(String how, UnaryOperator<Circumstances> forgery) {
        add(
                "a signature " + how,
                () -> {
                    List<Waiting> two = two();
                    return answer(two, cast.approver().signature(options(two), forgery));
                });
    }

    private List<Waiting> two() throws Exception {
        return releases.waiting(2);
    }

    private Waiting own() throws Exception {
        return releases.waiting(cast.own(), Releases.PRODUCTION);
    }

    private Waiting here() throws Exception {
        return releases.waiting(site.token(), HERE.value());
    }

    private Waiting elsewhere() throws Exception {
        return releases.waiting(site.token(), ELSEWHERE.value());
    }

    private Response options(List<Waiting> chosen) {
        return options(cast.approver(), chosen);
    }

    private static Response options(PersonAtBrowser who, List<Waiting> chosen) {
        return TogetherPage.options(who, chosen(chosen));
    }

    static List<Chosen> chosen(List<Waiting> waiting) {
        return waiting.stream().map(BatchAttacks::chosen).toList();
    }

    private static Chosen chosen(Waiting one) {
        return new Chosen(one.id(), one.approval());
    }

    private JsonObject signature(Response options) {
        return cast.approver().signature(options, how -> how);
    }

    private Digest shown(Waiting one) {
        return TogetherPage.shown(cast.approver(), chosen(one));
    }

    private static JsonObject said(Waiting one, Digest displayed) {
        return TogetherPage.said(chosen(one), displayed);
    }

    /// The body of an answer, all of it as the page makes it.
    private JsonObject honest(List<Waiting> chosen) {
        return TogetherPage.honest(cast.approver(), chosen(chosen));
    }

    private Answer answer(List<Waiting> chosen, JsonObject signature) {
        return answer(
                signature,
                chosen.stream().map(one -> said(one, shown(one))).toArray(JsonObject[]::new));
    }

    private Answer answer(JsonObject signature, JsonObject... said) {
        return answered(
                cast.approver().postJson(DOOR, TogetherPage.answer(signature, List.of(said))));
    }

    private Answer approved(List<Waiting> chosen) {
        return together(cast.approver(), chosen);
    }

    private static Answer together(PersonAtBrowser who, List<Waiting> chosen) {
        return answered(decided(who, chosen));
    }

    /// Reads and approves several as an honest browser does.
    static Response decided(PersonAtBrowser who, List<Waiting> chosen) {
        return TogetherPage.approved(who, chosen(chosen));
    }

    private void add(String name, Call tried) {
        add(name, tried, () -> approved(two()));
    }

    private void add(String name, Call tried, Call twin) {
        attacks.add(new Attack(FAMILY, name, tried, twin));
    }
}
