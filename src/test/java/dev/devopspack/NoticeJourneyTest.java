package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.devopspack.approval.KeySet;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.manager.notice.Delivery;
import dev.devopspack.manager.notice.NoticeDesk;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.HookReceivers;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What happens to an approval is told to a hook, over HTTP and through the database.
@QuarkusTest
@QuarkusTestResource(value = HookReceivers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticeJourneyTest {

    private static final int PATIENCE_SECONDS = 60;

    /// What other tests did within the last hour is told as well: hundreds of messages, and one
    /// that waits may be among the first of them.
    private static final int ALL = 100_000;

    /// Lists name ten requests: elsewhere those of other tests wait as well.
    private static final String OWN = "own-hook";

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject PersonStore persons;
    @Inject TrialToken trial;
    @Inject NoticeDesk desk;
    @Inject AuditLog log;
    @Inject Transactions transactions;

    /// Messages are sent beside one another: those that came and nobody asked for yet.
    private final List<JsonObject> before = new ArrayList<>();

    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> toApprover = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> toOnlooker = new LinkedBlockingQueue<>();
    private final AtomicInteger status = new AtomicInteger(204);
    private final AtomicInteger approverAnswers = new AtomicInteger(204);
    private HttpServer receiver;
    private PersonAtBrowser admin;

    @BeforeAll
    void aReceiverAndAnAdmin() throws Exception {
        int port = ConfigProvider.getConfig().getValue(HookReceivers.PORT, Integer.class);
        receiver = HttpServer.create(new InetSocketAddress("localhost", port), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    received.add(
                            new JsonObject(
                                    Buffer.buffer(exchange.getRequestBody().readAllBytes())));
                    exchange.sendResponseHeaders(status.get(), -1);
                    exchange.close();
                });
        receiver.createContext(
                "/approver", exchange -> keep(exchange, toApprover, approverAnswers));
        receiver.createContext("/onlooker", exchange -> keep(exchange, toOnlooker, status));
        receiver.start();
        admin =
                PersonAtBrowser.enrolled(
                        server, people, "Ada Example", Role.ADMIN, Role.APPROVER, Role.VIEWER);
        admin.signIn();
    }

    private static void keep(
            HttpExchange exchange, BlockingQueue<JsonObject> queue, AtomicInteger status)
            throws IOException {
        queue.add(new JsonObject(Buffer.buffer(exchange.getRequestBody().readAllBytes())));
        exchange.sendResponseHeaders(status.get(), -1);
        exchange.close();
    }

    @AfterAll
    void end() {
        receiver.stop(0);
    }

    @Test
    void peopleAreToldThatTheyMustDecideAndThatSomebodyDid() throws Exception {
        JsonObject answer = propose("notices");
        String changeSet = answer.getJsonObject("changeSet").getString("id");
        String approval = answer.getJsonObject("approval").getString("id");

        JsonObject opened = event("approval.opened", changeSet);
        assertEquals("1.0", opened.getString("specversion"));
        assertEquals(
                opened.getString("source") + "/change-sets/" + changeSet,
                opened.getJsonObject("data").getString("link"));
        assertEquals(
                "Somebody must decide: notices/production in production",
                opened.getJsonObject("data").getString("title"));
        assertEquals(
                approval,
                opened.getJsonObject("data").getJsonObject("facts").getString("approval"));

        admin.decide(changeSet, approval, "APPROVE").then().statusCode(200);

        JsonObject decided = event("approval.decided", changeSet);
        assertEquals(
                "APPROVE",
                decided.getJsonObject("data").getJsonObject("facts").getString("decision"));
        assertFalse(
                decided.encode().contains("read and found good"),
                "what a person wrote freely stays inside");
        assertNotNull(event("grant.issued", changeSet));
    }

    @Test
    void aRequestThatNearsItsDeadlineIsToldOnce() throws Exception {
        String changeSet = propose("ends-soon").getJsonObject("changeSet").getString("id");
        event("approval.opened", changeSet);

        desk.watchDeadlines(Duration.ofHours(25));
        desk.watchDeadlines(Duration.ofHours(25));

        assertEquals(
                "Nobody has decided yet, and the time ends: ends-soon/production in production",
                event("approval.ends_soon", changeSet).getJsonObject("data").getString("title"));
        desk.collect();
        List<Delivery> told =
                desk.newest(ALL).stream()
                        .filter(each -> each.hook().equals("journey"))
                        .filter(each -> each.kind().equals("approval.ends_soon"))
                        .filter(each -> changeSetOf(each).equals(Optional.of(changeSet)))
                        .toList();
        assertEquals(1, told.size(), told::toString);
    }

    private Optional<String> changeSetOf(Delivery delivery) {
        return log.find(delivery.entry())
                .map(entry -> entry.entry().facts().getOrDefault("changeSet", ""));
    }

    @Test
    void requestsAreGatheredIntoOneMessage() throws Exception {
        String first = propose("gathered-one").getJsonObject("changeSet").getString("id");
        String second = propose("gathered-two").getJsonObject("changeSet").getString("id");

        JsonObject told = next("dev.devopspack.approval.opened.v1", event -> waiting(event) >= 2);

        assertEquals(
                waiting(told) + " requests wait for people",
                told.getJsonObject("data").getString("title"));
        desk.collect();
        List<Delivery> gathered =
                desk.newest(ALL).stream()
                        .filter(each -> each.hook().equals("gathered"))
                        .filter(each -> each.kind().equals("approval.opened"))
                        .toList();
        long ofTheTwo =
                gathered.stream()
                        .map(this::changeSetOf)
                        .filter(each ->
                                each.equals(Optional.of(first)) || each.equals(Optional.of(second)))
                        .count();
        assertTrue(ofTheTwo < 2, gathered::toString);
    }

    @Test
    void aPersonIsToldOfAllThatWaitsForHimInOneMessageAndOfNothingElse() throws Exception {
        approverAndOnlooker();
        JsonObject decided = propose("own-decided", OWN);
        JsonObject one = propose("own-one", OWN);
        JsonObject two = propose("own-two", OWN);
        String secret = askForASecret("own-hook");
        admin.decide(
                        decided.getJsonObject("changeSet").getString("id"),
                        decided.getJsonObject("approval").getString("id"),
                        "APPROVE")
                .then()
                .statusCode(200);

        JsonObject told = toApprover.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (told != null && !told.encode().contains(secret)) {
            told = toApprover.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        assertNotNull(told);
        JsonObject event = told;
        assertEquals("dev.devopspack.approval.opened.v1", event.getString("type"));
        assertTrue(event.getString("id").endsWith("-approver"), event::encode);
        assertEquals(
                waiting(event) + " requests wait for you",
                event.getJsonObject("data").getString("title"));
        assertEquals(facts(one, event.getString("source")), inList(event, changeSetIs(one)));
        assertEquals(facts(two, event.getString("source")), inList(event, changeSetIs(two)));
        assertEquals(
                event.getString("source") + "/secrets/" + secret,
                inList(event, each -> secret.equals(each.getString("secretRequest")))
                        .map(each -> each.getString("link"))
                        .orElse(""));
        assertEquals(Optional.empty(), inList(event, changeSetIs(decided)));
        Delivery toOther =
                await(
                        "approval.opened",
                        "onlooker",
                        each -> each.state() == Delivery.State.DELIVERED);
        assertEquals(1, toOther.attempts());
        assertEquals(List.of(), List.copyOf(toOnlooker), "he approves elsewhere");
    }

    @Test
    void aPersonIsToldOfAPasskeyInHisNameAndOthersOnlyThatThereIsOne() throws Exception {
        approverAndOnlooker();
        toOnlooker.clear();
        String link = people.invite(Principal.SYSTEM, HookReceivers.APPROVER).secret();

        PersonAtBrowser.enrolled(server, link, "Own hook");

        JsonObject enrolled = toApprover("dev.devopspack.person.enrolled.v1");
        assertEquals(
                "A passkey was enrolled in your name. Tell an administrator if it was not you",
                enrolled.getJsonObject("data").getString("title"));
        assertTrue(enrolled.getString("id").endsWith("-approver"), enrolled::encode);
        people.setRoles(
                Principal.SYSTEM, HookReceivers.APPROVER, Set.of(Role.APPROVER, Role.VIEWER));
        assertEquals(
                "VIEWER, APPROVER",
                toApprover("dev.devopspack.person.roles_changed.v1")
                        .getJsonObject("data")
                        .getJsonObject("facts")
                        .getString("roles"));
        JsonObject toAll =
                next(
                        "dev.devopspack.person.enrolled.v1",
                        event ->
                                (event.getString("id") + "-approver")
                                        .equals(enrolled.getString("id")));
        assertEquals("Somebody enrolled a passkey", toAll.getJsonObject("data").getString("title"));
        assertFalse(toAll.encode().contains(HookReceivers.APPROVER.toString()), toAll::encode);
        await(
                "person.enrolled",
                "onlooker",
                each ->
                        enrolled.getString("id").equals("entry-" + each.entry() + "-approver")
                                && each.state() == Delivery.State.DELIVERED);
        assertEquals(List.of(), List.copyOf(toOnlooker), "it is not his");
    }

    private JsonObject toApprover(String type) throws InterruptedException {
        JsonObject told = toApprover.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (told != null && !told.getString("type").equals(type)) {
            told = toApprover.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertNotNull(told, type);
        return told;
    }

    /// What the answer to who asked says of the request, as the list has it.
    private Optional<JsonObject> facts(JsonObject asked, String site) {
        JsonObject changeSet = asked.getJsonObject("changeSet");
        JsonObject approval = asked.getJsonObject("approval");
        return Optional.of(
                new JsonObject()
                        .put("approval", approval.getString("id"))
                        .put("changeSet", changeSet.getString("id"))
                        .put("code", changeSet.getString("code"))
                        .put("decideBy", approval.getString("decideBy"))
                        .put("digest", changeSet.getString("digest"))
                        .put("environment", OWN)
                        .put("quorum", "1")
                        .put("stack", changeSet.getString("stack"))
                        .put("link", site + "/change-sets/" + changeSet.getString("id")));
    }

    private static Wanted<JsonObject> changeSetIs(JsonObject answer) {
        String id = answer.getJsonObject("changeSet").getString("id");
        return each -> id.equals(each.getString("changeSet"));
    }

    private static Optional<JsonObject> inList(JsonObject event, Wanted<JsonObject> wanted) {
        return event.getJsonObject("data").getJsonArray("waiting").stream()
                .map(JsonObject.class::cast)
                .filter(wanted::is)
                .findFirst();
    }

    @Test
    void whoComesBackGetsOneListAndNotOneOfEachInterval() throws Exception {
        approverAndOnlooker();
        approverAnswers.set(503);
        Delivery missed;
        String later;
        try {
            propose("missed", OWN);
            missed =
                    await(
                            "approval.opened",
                            "approver",
                            each ->
                                    each.state() == Delivery.State.WAITING
                                            && each.problem().contains("503"));
            later = propose("later", OWN).getJsonObject("changeSet").getString("id");
        } finally {
            approverAnswers.set(204);
        }
        toApprover.clear();

        Delivery ended =
                await(
                        "approval.opened",
                        "approver",
                        each ->
                                each.id() == missed.id()
                                        && each.state() == Delivery.State.DELIVERED);

        assertTrue(ended.attempts() > 1, ended::toString);
        assertEquals(
                1,
                toApprover.stream().filter(event -> event.encode().contains(later)).count(),
                toApprover::toString);
    }

    private void approverAndOnlooker() {
        if (persons.find(HookReceivers.APPROVER).isPresent()) {
            return;
        }
        persons.insert(
                new Person(
                                HookReceivers.APPROVER,
                                "Own hook",
                                Set.of(Role.APPROVER),
                                Instant.now(),
                                true)
                        .withApproves(Set.of(new Environment(OWN))));
        persons.insert(
                new Person(
                                HookReceivers.ONLOOKER,
                                "Own hook, elsewhere",
                                Set.of(Role.APPROVER),
                                Instant.now(),
                                true)
                        .withApproves(Set.of(new Environment("other-than-" + OWN))));
    }

    private String askForASecret(String name) {
        return new JsonObject(
                        given().header(
                                        "Authorization",
                                        "Bearer " + trial.with(Role.VIEWER, Role.REQUESTER))
                                .contentType("application/json")
                                .body(
                                        new JsonObject()
                                                .put("flow", "cluster")
                                                .put("environment", OWN)
                                                .put("place", "payments")
                                                .put("name", name)
                                                .put("reason", "for the payments service")
                                                .encode())
                                .post("/api/v1/secrets")
                                .then()
                                .statusCode(200)
                                .extract()
                                .asString())
                .getString("id");
    }

    private static int waiting(JsonObject event) {
        return Integer.parseInt(
                event.getJsonObject("data").getJsonObject("facts").getString("waiting", "0"));
    }

    @Test
    void whoeverAppendsAnEntryOfAToldKindHasToldIt() throws Exception {
        append("break_glass.used", Map.of("environment", "production", "incident", "INC-7"));

        JsonObject told =
                next(
                        "dev.devopspack.break_glass.used.v1",
                        event ->
                                event.getJsonObject("data")
                                        .getJsonObject("facts")
                                        .getString("incident", "")
                                        .equals("INC-7"));

        assertEquals(
                "BREAK-GLASS was used: a change set in production. It must be reviewed",
                told.getJsonObject("data").getString("title"));
    }

    @Test
    void aReceiverThatRefusesIsGivenUpAndTheLogRemembersIt() throws Exception {
        status.set(410);
        try {
            long mine = append("pause.lifted", Map.of("scope", "refused"));

            Delivery ended =
                    await(
                            "pause.lifted",
                            "journey",
                            each -> each.entry() == mine && each.state() != Delivery.State.WAITING);
            assertEquals(Delivery.State.GIVEN_UP, ended.state());
            assertEquals("it answered 410", ended.problem());
        } finally {
            status.set(204);
        }
    }

    @Test
    void aReceiverThatIsAwayIsTriedAgainLater() throws Exception {
        long mine = append("pause.began", Map.of("scope", "away"));

        Delivery waiting =
                await(
                        "pause.began",
                        "gone",
                        each ->
                                each.entry() == mine
                                        && each.attempts() > 0
                                        && !each.problem().isEmpty());

        assertEquals(Delivery.State.WAITING, waiting.state());
        assertTrue(waiting.problem().startsWith("the connection failed"), waiting::problem);
    }

    @Test
    void anAdminSeesTheHooksWithoutTheirAddressesAndTriesOne() throws Exception {
        String page = admin.page("/notices");
        assertTrue(page.contains("<strong>journey</strong>"));
        assertFalse(page.contains("secret-path"));

        admin.submit("/notices", "/notices/test", Map.of("hook", "journey")).then().statusCode(200);

        assertEquals(
                "An administrator tries this hook: it works",
                next("dev.devopspack.notice.test.v1", _ -> true)
                        .getJsonObject("data")
                        .getString("title"));
        assertTrue(
                desk.newest(ALL).stream()
                        .noneMatch(each ->
                                each.hook().equals("gone") && each.kind().equals("notice.test")));
    }

    @Test
    void nobodyElseSeesTheHooks() {
        People.Invitation invited =
                people.add(Principal.SYSTEM, "Viewer", Set.of(Role.VIEWER, Role.APPROVER));
        PersonAtBrowser viewer = PersonAtBrowser.enrolled(server, invited.secret(), "Viewer");
        viewer.signIn();

        viewer.open("/notices").then().statusCode(403);
        viewer.submit("/access", "/notices/test", Map.of("hook", "journey")).then().statusCode(403);
    }

    @Test
    void theKeysAreThereForEverybody() {
        String keys =
                given().get("/.well-known/devops-pack/notice-keys.json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();

        assertEquals(1, KeySet.parse(keys).keys().size());
    }

    /// @return the entry's number: other tests' entries are told as well
    private long append(String kind, Map<String, String> facts) {
        return transactions.inOne(() -> log.append(AuditEntry.of(kind, "system", facts)));
    }

    private JsonObject propose(String name) {
        return propose(name, "production");
    }

    private JsonObject propose(String name, String environment) {
        JsonObject file = new JsonObject().put("name", "notes.md").put("content", name + "\n");
        return new JsonObject(
                given().header("Authorization", "Bearer " + trial.with(Role.VIEWER, Role.REQUESTER))
                        .contentType("application/json")
                        .body(
                                new JsonObject()
                                        .put("stack", name + "/" + environment)
                                        .put("environment", environment)
                                        .put("files", List.of(file))
                                        .encode())
                        .post("/api/v1/change-sets")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    private JsonObject event(String kind, String changeSet) throws Exception {
        return next(
                "dev.devopspack." + kind + ".v1",
                event ->
                        changeSet.equals(
                                event.getJsonObject("data")
                                        .getJsonObject("facts")
                                        .getString("changeSet")));
    }

    private interface Wanted<T> {
        boolean is(T each);
    }

    private JsonObject next(String type, Wanted<JsonObject> wanted) throws Exception {
        while (true) {
            for (JsonObject event : before) {
                if (event.getString("type").equals(type) && wanted.is(event)) {
                    before.remove(event);
                    return event;
                }
            }
            JsonObject event = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull(event, "no " + type + " came");
            before.add(event);
        }
    }

    private Delivery await(String kind, String hook, Wanted<Delivery> wanted) throws Exception {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            Optional<Delivery> found =
                    desk.newest(ALL).stream()
                            .filter(each -> each.kind().equals(kind) && each.hook().equals(hook))
                            .filter(wanted::is)
                            .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no delivery of " + kind + " came so far: " + desk.newest(20));
    }
}
