package dev.devopspack.adapter.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.keys.FileNoticeKey;
import dev.devopspack.manager.notice.Courier.Sent;
import dev.devopspack.manager.notice.Notice;
import dev.devopspack.manager.notice.NoticeKey;
import dev.devopspack.manager.notice.NoticeKind;
import dev.devopspack.testing.Tools;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookCourierTest {

    private static final Notice NOTICE =
            new Notice(
                    7,
                    NoticeKind.OPENED,
                    Instant.parse("2026-07-14T10:12:00Z"),
                    "Somebody must decide: payments/production in production",
                    List.of(),
                    "/change-sets/cs-jfrqcjublbxvwz5l",
                    Map.of());

    private static final int PATIENCE_SECONDS = 30;

    @TempDir Path folder;

    private final Map<String, List<String>> names = new HashMap<>();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private NoticeKey key;

    private record Received(String host, String path, Map<String, String> headers, String body) {}

    @BeforeEach
    void aKey() {
        key = new FileNoticeKey(folder, Optional.empty(), Clock.systemUTC());
    }

    @AfterEach
    void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aMessageArrivesOnceWithItsDigest() throws Exception {
        int port = receiver(204);

        Sent sent = courier(inside("localhost", port)).send("ops", NOTICE);

        assertEquals(new Sent.Delivered(), sent);
        Received message = received.take();
        assertEquals("localhost:" + port, message.host());
        assertEquals("/in?token=t", message.path());
        assertEquals(
                "application/cloudevents+json; charset=utf-8",
                message.headers().get("content-type"));
        assertEquals("entry-7", new JsonObject(message.body()).getString("id"));
        assertTrue(received.isEmpty());
    }

    @Test
    void aReceiverInAnotherLanguageBelievesWhatWasSignedAndNothingElse() throws Exception {
        Path node = Tools.require("node");
        Path keys = Files.writeString(folder.resolve("keys.json"), key.published().jwks());
        int port = freePort();
        String address = "http://localhost:" + port + "/in?token=t";
        Process receiver =
                new ProcessBuilder(
                                node.toString(),
                                "docs/examples/receive-notice.mjs",
                                String.valueOf(port),
                                address,
                                keys.toString())
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader said = receiver.inputReader()) {
            assertEquals("listening", said.readLine());

            assertEquals(
                    new Sent.Delivered(), courier(inside("localhost", port)).send("ops", NOTICE));
            assertEquals(
                    "dev.devopspack.approval.opened.v1: Somebody must decide: payments/production in"
                            + " production"
                            + " https://devops-pack.example.com/change-sets/cs-jfrqcjublbxvwz5l",
                    said.readLine());

            NoticeKey stranger =
                    new FileNoticeKey(
                            folder, Optional.of(folder.resolve("other")), Clock.systemUTC());
            assertEquals(
                    new Sent.Failed("it answered 401", false),
                    courier(stranger, inside("localhost", port)).send("ops", NOTICE));
            assertEquals("refused: it was signed with a key that we do not trust", said.readLine());

            // The same key, for another receiver.
            assertEquals(
                    new Sent.Failed("it answered 401", false),
                    courier(
                                    Target.of(
                                            "http://localhost:" + port + "/other",
                                            Set.of("localhost"),
                                            "url"))
                            .send("ops", NOTICE));
            assertEquals("refused: the signature is not valid", said.readLine());
        } finally {
            receiver.destroy();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "169.254.169.254",
                "10.0.0.1",
                "192.168.1.1",
                "fd00::1",
                "::ffff:127.0.0.1",
                "0.0.0.0"
            })
    void whatLeadsInsideIsRefusedBeforeAnythingIsSent(String address) throws Exception {
        int port = receiver(204);
        names.put("hooks.example.com", List.of("8.8.8.8", address));

        Sent sent =
                courier(Target.of("https://hooks.example.com:" + port + "/in", Set.of(), "url"))
                        .send("ops", NOTICE);

        assertEquals(
                new Sent.Failed(
                        "the host 'hooks.example.com' is not in the public internet. If that is"
                                + " meant, add it to devopspack.notify.private-hosts",
                        false),
                sent);
        assertTrue(received.isEmpty());
    }

    @Test
    void aNameIsLookedUpOnceAndTheConnectionGoesThere() throws Exception {
        int port = receiver(204);
        names.put("receiver.internal", List.of("127.0.0.1"));

        Sent sent = courier(inside("receiver.internal", port)).send("ops", NOTICE);

        // This name is known to nothing but the first look-up.
        assertEquals(new Sent.Delivered(), sent);
        assertEquals("receiver.internal:" + port, received.take().host());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        int port = receiver(status);

        Sent sent = courier(inside("localhost", port)).send("ops", NOTICE);

        assertEquals(
                new Sent.Failed("it answered " + status + ": redirects are not followed", false),
                sent);
        received.take();
        assertTrue(received.isEmpty());
    }

    @Test
    void onlyWhatCanGoBetterIsTriedAgain() throws Exception {
        Map<Integer, Boolean> again = new HashMap<>();
        for (int status : List.of(400, 403, 404, 408, 410, 429, 500, 503)) {
            int port = receiver(status);
            Sent sent = courier(inside("localhost", port)).send("ops", NOTICE);
            again.put(status, assertInstanceOf(Sent.Failed.class, sent).again());
        }

        assertEquals(
                Map.of(
                        400, false, 403, false, 404, false, 408, true, 410, false, 429, true, 500,
                        true, 503, true),
                again);
    }

    @Test
    void anAnswerThatNeverEndsIsNotWaitedFor() throws Exception {
        HttpServer server =
                vertx.createHttpServer()
                        .requestHandler(request -> {
                            request.response().setChunked(true).write("x");
                            received.add(new Received("", "", Map.of(), ""));
                        });
        int port = listening(server);

        assertEquals(new Sent.Delivered(), courier(inside("localhost", port)).send("ops", NOTICE));
    }

    @Test
    void anAnswerWithEndlessHeadersIsCutOff() throws Exception {
        HttpServer server =
                vertx.createHttpServer()
                        .requestHandler(request ->
                                request.response().putHeader("X", "x".repeat(100_000)).end());
        int port = listening(server);

        Sent sent = courier(inside("localhost", port)).send("ops", NOTICE);

        assertTrue(assertInstanceOf(Sent.Failed.class, sent).again());
    }

    @Test
    void nobodyThereIsTriedAgain() throws Exception {
        int port = freePort();

        Sent sent = courier(inside("localhost", port)).send("ops", NOTICE);

        assertTrue(assertInstanceOf(Sent.Failed.class, sent).again());
        assertFalse(sent.toString().contains("token=t"), sent::toString);
    }

    @Test
    void aCertificateMustBeOfTheNameThatWasCalled() throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("hooks.example.com");
        HttpServer server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setSsl(true)
                                        .setKeyCertOptions(certificate.keyCertOptions()))
                        .requestHandler(this::keep);
        int port = listening(server);
        names.put("hooks.example.com", List.of("127.0.0.1"));
        names.put("other.example.com", List.of("127.0.0.1"));
        HttpClientOptions trusting =
                new HttpClientOptions().setTrustOptions(certificate.trustOptions());

        assertEquals(
                new Sent.Delivered(),
                courier(key, tls("hooks.example.com", port), trusting).send("ops", NOTICE));
        assertEquals(
                new Sent.Failed(
                        "TLS failed: 'other.example.com' showed no certificate that we trust",
                        true),
                courier(key, tls("other.example.com", port), trusting).send("ops", NOTICE));
        assertEquals(
                new Sent.Failed(
                        "TLS failed: 'hooks.example.com' showed no certificate that we trust",
                        true),
                courier(key, tls("hooks.example.com", port), new HttpClientOptions())
                        .send("ops", NOTICE));
    }

    private static Target inside(String host, int port) {
        return Target.of("http://" + host + ":" + port + "/in?token=t", Set.of(host), "url");
    }

    private static Target tls(String host, int port) {
        return Target.of("https://" + host + ":" + port + "/in", Set.of(host), "url");
    }

    private WebhookCourier courier(Target target) {
        return courier(key, target);
    }

    private WebhookCourier courier(NoticeKey key, Target target) {
        return courier(key, target, new HttpClientOptions());
    }

    private WebhookCourier courier(NoticeKey key, Target target, HttpClientOptions options) {
        return new WebhookCourier(
                List.of(
                        new ConfiguredHook(
                                "ops",
                                Shape.CLOUDEVENTS,
                                target,
                                EnumSet.allOf(NoticeKind.class),
                                Duration.ZERO,
                                null)),
                new PinnedPost(vertx, options, this::lookUp),
                "https://devops-pack.example.com/",
                key,
                Clock.systemUTC());
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        List<String> known = names.get(host);
        if (known == null) {
            return InetAddress.getAllByName(host);
        }
        InetAddress[] addresses = new InetAddress[known.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = InetAddress.getByName(known.get(i));
        }
        return addresses;
    }

    private int receiver(int status) throws Exception {
        return listening(
                vertx.createHttpServer()
                        .requestHandler(request -> {
                            request.response()
                                    .setStatusCode(status)
                                    .putHeader("Location", "http://localhost/elsewhere");
                            keep(request);
                        }));
    }

    private void keep(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    Map<String, String> headers = new HashMap<>();
                    request.headers()
                            .forEach(each ->
                                    headers.put(each.getKey().toLowerCase(), each.getValue()));
                    received.add(
                            new Received(
                                    request.authority().toString(),
                                    request.uri(),
                                    headers,
                                    body.toString(StandardCharsets.UTF_8)));
                    request.response().end();
                });
    }

    private static int listening(HttpServer server) throws Exception {
        return server.listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
