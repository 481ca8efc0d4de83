package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.devopspack.testing.KillableServer;
import dev.devopspack.testing.PersonAtBrowser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person's list of what waits survives `kill -9` of the server that was sending it.
class KilledNoticeTest {

    /// A busy machine builds and starts the program slowly.
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Pattern LINK = Pattern.compile("/enrol/([A-Za-z0-9_-]+)");

    @TempDir Path folder;

    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private final CountDownLatch killed = new CountDownLatch(1);
    private @Nullable HttpServer receiver;
    private KillableServer server;

    @BeforeEach
    void theProgram() throws Exception {
        server = KillableServer.packaged(folder, LIMIT);
    }

    @AfterEach
    void endEverything() throws Exception {
        killed.countDown();
        server.close();
        if (receiver != null) {
            receiver.stop(0);
        }
    }

    @Test
    void theListIsSentAgainByTheNextServerWithoutWhatWasDecidedMeanwhile() throws Exception {
        server.start(Map.of());
        PersonAtBrowser admin =
                PersonAtBrowser.enrolled(
                        server.address(), server.await("a link", this::link), "First admin");
        admin.signIn();
        Map<String, String> hook = hookOf(idOnPage(admin));
        server.kill();
        server.start(hook);
        JsonObject stays = propose("stays");
        JsonObject goes = propose("goes");

        JsonObject first = told();
        server.kill();
        killed.countDown();
        server.start(hook);
        admin.signIn();
        admin.decide(id(goes, "changeSet"), id(goes, "approval"), "APPROVE").then().statusCode(200);
        JsonObject again = told();

        // Both may end in the same second.
        assertEquals(
                Set.of(id(stays, "changeSet"), id(goes, "changeSet")), Set.copyOf(listed(first)));
        assertEquals(List.of(id(stays, "changeSet")), listed(again));
        assertEquals(first.getString("id"), again.getString("id"));
        server.await(
                "the page to say that it arrived",
                () ->
                        Optional.of(admin.page("/notices"))
                                .filter(page -> page.contains("delivered")));
    }

    /// Whose hook it is, and a receiver that answers nothing until the first server is dead.
    private Map<String, String> hookOf(String person) throws IOException {
        HttpServer opened = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        opened.createContext("/", this::receive);
        opened.start();
        receiver = opened;
        return Map.of(
                "DEVOPSPACK_NOTIFY_PRIVATE_HOSTS",
                "localhost",
                "DEVOPSPACK_NOTIFY_HOOKS_ADA_URL",
                "http://localhost:" + opened.getAddress().getPort() + "/",
                "DEVOPSPACK_NOTIFY_HOOKS_ADA_PERSON",
                person,
                "DEVOPSPACK_NOTIFY_HOOKS_ADA_EVENTS",
                "approval.opened",
                "DEVOPSPACK_NOTIFY_HOOKS_ADA_EVERY",
                "PT10S");
    }

    private void receive(HttpExchange exchange) throws IOException {
        received.add(new JsonObject(Buffer.buffer(exchange.getRequestBody().readAllBytes())));
        try {
            killed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private JsonObject told() throws InterruptedException {
        JsonObject event = received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(event, server::output);
        return event;
    }

    private static List<String> listed(JsonObject event) {
        JsonArray waiting = event.getJsonObject("data").getJsonArray("waiting");
        return waiting.stream().map(each -> ((JsonObject) each).getString("changeSet")).toList();
    }

    private static String idOnPage(PersonAtBrowser admin) {
        String page = admin.page("/access");
        Matcher row =
                Pattern.compile("<strong>First admin</strong> <span[^>]*>([-0-9a-f]{36})</span>")
                        .matcher(page);
        assertTrue(row.find(), page);
        return row.group(1);
    }

    private JsonObject propose(String name) throws Exception {
        JsonObject file = new JsonObject().put("name", "notes.md").put("content", name + "\n");
        return new JsonObject(
                given().baseUri(server.address().toString())
                        .header("Authorization", "Bearer " + server.trialToken())
                        .contentType("application/json")
                        .body(
                                new JsonObject()
                                        .put("stack", name + "/production")
                                        .put("environment", "production")
                                        .put("files", List.of(file))
                                        .encode())
                        .post("/api/v1/change-sets")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    private static String id(JsonObject answer, String of) {
        return answer.getJsonObject(of).getString("id");
    }

    private Optional<String> link() {
        Matcher found = LINK.matcher(server.output());
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
