package dev.devopspack;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.ServerProcess;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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
    private @Nullable Process server;
    private Path jar = Path.of("");
    private int port;

    @AfterEach
    void endEverything() throws Exception {
        killed.countDown();
        kill();
        if (receiver != null) {
            receiver.stop(0);
        }
        postmaster().ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void theListIsSentAgainByTheNextServerWithoutWhatWasDecidedMeanwhile() throws Exception {
        jar = ServerProcess.packaged(folder.resolve("packaged"), folder.resolve("output"));
        port = freePort();
        start(Map.of());
        PersonAtBrowser admin =
                PersonAtBrowser.enrolled(
                        URI.create("http://localhost:" + port),
                        await("a link", this::link),
                        "First admin");
        admin.signIn();
        Map<String, String> hook = hookOf(idOnPage(admin));
        kill();
        start(hook);
        JsonObject stays = propose("stays");
        JsonObject goes = propose("goes");

        JsonObject first = told();
        kill();
        killed.countDown();
        start(hook);
        admin.signIn();
        admin.decide(id(goes, "changeSet"), id(goes, "approval"), "APPROVE").then().statusCode(200);
        JsonObject again = told();

        // Both may end in the same second.
        assertEquals(
                Set.of(id(stays, "changeSet"), id(goes, "changeSet")), Set.copyOf(listed(first)));
        assertEquals(List.of(id(stays, "changeSet")), listed(again));
        assertEquals(first.getString("id"), again.getString("id"));
        await(
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
        assertNotNull(event, this::output);
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

    private JsonObject propose(String name) throws IOException {
        JsonObject file = new JsonObject().put("name", "notes.md").put("content", name + "\n");
        String token = Files.readString(data().resolve("trial-token")).strip();
        return new JsonObject(
                given().baseUri("http://localhost:" + port)
                        .header("Authorization", "Bearer " + token)
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

    private void start(Map<String, String> settings) throws Exception {
        server = ServerProcess.serve(jar, data(), port, folder.resolve("output"), settings);
        await("the server to answer", this::ready);
    }

    private Optional<Boolean> ready() {
        try {
            return given().baseUri("http://localhost:" + port).get("/q/health/ready").statusCode()
                            == 200
                    ? Optional.of(true)
                    : Optional.empty();
        } catch (Exception e) {
            // Nobody listens yet.
            return Optional.empty();
        }
    }

    private Optional<String> link() {
        Matcher found = LINK.matcher(output());
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /// As `kill -9` does: nothing is told, nothing is closed. PostgreSQL runs on.
    private void kill() throws InterruptedException {
        Process running = server;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    private <T> T await(String what, Callable<Optional<T>> look) throws Exception {
        Instant until = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(until)) {
            Optional<T> seen = look.call();
            if (seen.isPresent()) {
                return seen.get();
            }
            assertTrue(server != null && server.isAlive(), () -> what + ": " + output());
            Thread.sleep(100);
        }
        throw new AssertionError("no sign of " + what + ": " + output());
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            List<String> lines =
                    Files.readAllLines(data().resolve("database").resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
