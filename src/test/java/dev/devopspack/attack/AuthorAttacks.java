package dev.devopspack.attack;

import dev.devopspack.attack.Attack.Answer;
import dev.devopspack.attack.Attack.Call;
import dev.devopspack.attack.Releases.Waiting;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.CriticalFinding;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.TogetherPage;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// At the claim of who wrote the commits: nobody checks it, and it can be too little, too much or
/// too late.
final class AuthorAttacks {

    private static final String FAMILY = "authors";

    private static final String WORK = "emmy@work.example";
    private static final String HOME = "emmy@home.example";
    private static final String NOBODY = "nobody@example.com";

    /// How Emmy's commits name her.
    static final Set<CommitAuthor> EMMY = Set.of(new CommitAuthor(WORK), new CommitAuthor(HOME));

    /// @param emmy approves and commits
    /// @param other approves and wrote nothing
    /// @param onlooker may only look
    /// @param onlookerId her id
    record Cast(
            PersonAtBrowser emmy,
            PersonAtBrowser other,
            PersonAtBrowser onlooker,
            String onlookerId) {}

    private final Site site;
    private final Releases releases;
    private final Cast cast;
    private final PersonStore persons;
    private final List<Attack> attacks = new ArrayList<>();

    AuthorAttacks(Site site, Releases releases, Cast cast, PersonStore persons) {
        this.site = site;
        this.releases = releases;
        this.cast = cast;
        this.persons = persons;
    }

    List<Attack> all() {
        approvals();
        late();
        exclusions();
        claims();
        exceptions();
        return attacks;
    }

    private void add(String name, Call tried, Call twin) {
        attacks.add(new Attack(FAMILY, name, tried, twin));
    }

    private void approvals() {
        Call twin = () -> approved(cast.emmy(), named(NOBODY));
        add("an approval by who wrote it", () -> approved(cast.emmy(), named(WORK)), twin);
        add(
                "an approval by who wrote it, named in other letters",
                () -> approved(cast.emmy(), named(" EMMY@Work.Example ")),
                twin);
        add(
                "an approval by who wrote it at home",
                () -> approved(cast.emmy(), named(NOBODY, HOME)),
                twin);
        add(
                "a challenge for several, one of them by who wrote it",
                () -> challenge(named(NOBODY), named(WORK)),
                () -> challenge(named(NOBODY), named(NOBODY)));
    }

    /// Whoever leaves an author out can be told later by anybody who submits the same files.
    private void late() {
        add(
                "an approval by an author who was left out at first",
                () -> {
                    Waiting waiting = named();
                    again(waiting, WORK);
                    return approved(cast.emmy(), waiting);
                },
                () -> approved(cast.emmy(), named()));
        add(
                "a use of what an author approved who was left out until then",
                () -> {
                    Waiting waiting = named();
                    approved(cast.emmy(), waiting);
                    again(waiting, WORK);
                    return releases.consume(waiting);
                },
                () -> {
                    Waiting waiting = named();
                    approved(cast.emmy(), waiting);
                    again(waiting, NOBODY);
                    return releases.consume(waiting);
                });
        add(
                "an author who is taken back by submitting without him",
                () -> {
                    Waiting waiting = named(WORK);
                    again(waiting);
                    return approved(cast.emmy(), waiting);
                },
                () -> approved(cast.other(), named(WORK)));
    }

    private void exclusions() {
        add(
                "names that leave nobody to approve",
                () -> submitted(UUID.randomUUID() + "\n", everybody()),
                () -> submitted(UUID.randomUUID() + "\n", allButOne()));
        add(
                "names that leave nobody to approve, one after the other",
                () -> {
                    String content = UUID.randomUUID() + "\n";
                    submitted(content, allButOne());
                    return submitted(content, List.of(everybody().getLast()));
                },
                () -> {
                    String content = UUID.randomUUID() + "\n";
                    submitted(content, allButOne());
                    return submitted(content, allButOne());
                });
        add(
                "a yes over the no of somebody who was named to keep him quiet",
                () -> {
                    Waiting waiting = named(WORK);
                    cast.emmy().decide(waiting.id(), waiting.approval(), "DENY");
                    return approved(cast.other(), waiting);
                },
                () -> approved(cast.other(), named(WORK)));
    }

    private void claims() {
        Call twin = () -> submitted(UUID.randomUUID() + "\n", List.of(WORK));
        refused("an author whose address turns around", "emmy\u202e@work.example", twin);
        refused("two authors in one text", WORK + "," + NOBODY, twin);
        add(
                "authors that are no list",
                () -> submitted(UUID.randomUUID() + "\n", (Object) WORK),
                twin);
    }

    private void refused(String name, String address, Call twin) {
        add(name, () -> submitted(UUID.randomUUID() + "\n", List.of(address)), twin);
    }

    private void exceptions() {
        add(
                "breaking the glass by who wrote it",
                () -> Releases.answered(prepared(cast.emmy(), named(WORK))),
                () -> Releases.answered(prepared(cast.emmy(), named(NOBODY))));
        add("a waiver by who wrote it", () -> waived(List.of(WORK)), () -> waived(List.of(NOBODY)));
        add(
                "an approval in the place of who wrote it",
                () -> {
                    delegated();
                    return approved(cast.onlooker(), named(WORK));
                },
                () -> {
                    delegated();
                    return approved(cast.onlooker(), named(NOBODY));
                });
    }

    private Waiting named(String... authors) throws Exception {
        return releases.waiting(more -> more.put("authors", new JsonArray(List.of(authors))));
    }

    /// Submits the same files for the same place, naming others.
    private void again(Waiting waiting, String... authors) throws Exception {
        JsonObject same =
                Site.submission(Map.of(Releases.FILE, waiting.content()))
                        .put("stack", waiting.stack())
                        .put("environment", waiting.environment())
                        .put("authors", new JsonArray(List.of(authors)));
        JsonObject changeSet =
                releases.submitted(same, site.token()).getJsonObject("changeSet", new JsonObject());
        if (!waiting.id().equals(changeSet.getString("id"))) {
            throw new AssertionError("these are other files: " + changeSet.encode());
        }
    }

    private Answer submitted(String content, Object authors) throws Exception {
        Object list = authors instanceof List<?> texts ? new JsonArray(texts) : authors;
        return site.submit(
                Site.submission(Map.of("notes.md", content))
                        .put("environment", Releases.PRODUCTION)
                        .put("authors", list));
    }

    private static Answer approved(PersonAtBrowser who, Waiting waiting) {
        return Releases.answered(who.decide(waiting.id(), waiting.approval(), "APPROVE"));
    }

    /// As far as the challenge, which is refused already.
    private Answer challenge(Waiting one, Waiting other) {
        return Releases.answered(
                TogetherPage.options(cast.emmy(), List.of(chosen(one), chosen(other))));
    }

    private static TogetherPage.Chosen chosen(Waiting waiting) {
        return new TogetherPage.Chosen(waiting.id(), waiting.approval());
    }

    /// Everybody who could approve there, by an address of his own; Emmy is the last.
    private List<String> everybody() {
        List<String> addresses = new ArrayList<>();
        persons.all().stream()
                .filter(Person::active)
                .filter(person -> person.approvesIn(new Environment(Releases.PRODUCTION)))
                .filter(person -> !person.commitsAs().containsAll(EMMY))
                .forEach(person -> {
                    CommitAuthor address = new CommitAuthor(person.id() + "@attacked.example");
                    Set<CommitAuthor> all = new HashSet<>(person.commitsAs());
                    all.add(address);
                    persons.update(person.withCommitsAs(all));
                    addresses.add(address.value());
                });
        addresses.add(WORK);
        return addresses;
    }

    private List<String> allButOne() {
        List<String> everybody = everybody();
        return everybody.subList(0, everybody.size() - 1);
    }

    /// As far as the text to sign: nobody has to review that.
    private static Response prepared(PersonAtBrowser who, Waiting waiting) {
        return who.prepare(
                "/break-glass",
                new JsonObject()
                        .put("request", waiting.approval())
                        .put("incident", "INC-4712")
                        .put("reason", "the shop is down")
                        .put("rendering", Digest.of(who.shownText(waiting.id())).value()));
    }

    private Answer waived(List<String> authors) throws Exception {
        JsonObject submission =
                Site.submission(Map.of("binding.yaml", CriticalFinding.BINDING))
                        .put("stack", "attacked/" + UUID.randomUUID())
                        .put("environment", Releases.PRODUCTION)
                        .put("authors", new JsonArray(authors));
        HttpResponse<String> answer =
                site.post(
                        "/api/v1/change-sets",
                        "application/json",
                        submission.encode(),
                        site.token());
        JsonPath open = JsonPath.from(answer.body());
        return Releases.answered(
                cast.emmy()
                        .act(
                                "/change-sets/" + open.getString("changeSet.id") + "/waivers",
                                ActAttacks.waiver(open, 30, Map.of())));
    }

    private void delegated() {
        cast.emmy()
                .act(
                        "/delegations",
                        new JsonObject()
                                .put("to", cast.onlookerId())
                                .put("environment", Releases.PRODUCTION)
                                .put("reason", "a fortnight at sea")
                                .put(
                                        "until",
                                        LocalDate.now(ZoneOffset.UTC).plusDays(14).toString()));
    }
}
