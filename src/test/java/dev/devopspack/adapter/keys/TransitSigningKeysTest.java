package dev.devopspack.adapter.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.SigningKeys.Signed;
import dev.devopspack.audit.Ed25519;
import dev.devopspack.change.StoreUnavailable;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.MovingClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a stand-in that answers as the transit engine does.
class TransitSigningKeysTest {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final byte[] MESSAGE = "a grant".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    private final MovingClock clock = new MovingClock(START.plusSeconds(600));
    private Engine engine;
    private TransitSigningKeys keys;

    @BeforeEach
    void anEngineWithOneVersion() throws Exception {
        Files.writeString(folder.resolve("token"), "hvs.stand-in\n");
        engine = new Engine();
        engine.rotate(START);
        keys = at(engine.address());
    }

    @AfterEach
    void closeTheEngine() {
        engine.close();
    }

    @Test
    void aMessageIsSignedThereAndTheKeyIsPublished() {
        Signed signed = keys.sign(MESSAGE);

        KeySet.Key key = keys.published().find(signed.keyId()).orElseThrow();
        assertEquals(keys.currentKeyId(), signed.keyId());
        assertTrue(
                Ed25519.verifies(
                        Base64.getUrlDecoder().decode(key.x()), MESSAGE, signed.signature()));
        assertEquals(START, key.notBefore());
        assertTrue(key.signedInTime(clock.instant()));
    }

    @Test
    void aNewVersionIsPublishedADayBeforeItSigns() throws Exception {
        String first = keys.currentKeyId();
        clock.move(Duration.ofDays(30));
        engine.rotate(clock.instant());
        clock.move(Duration.ofMinutes(1));

        assertEquals(first, keys.sign(MESSAGE).keyId());
        assertEquals(2, keys.published().keys().size());
        clock.move(TransitSigningKeys.PUBLISHED_BEFORE);
        String second = keys.sign(MESSAGE).keyId();

        assertFalse(second.equals(first));
        KeySet.Key old = keys.published().find(first).orElseThrow();
        clock.move(Duration.ofMinutes(1));
        assertFalse(old.signedInTime(clock.instant()));
        assertTrue(keys.published().find(second).orElseThrow().signedInTime(clock.instant()));
    }

    @Test
    void whereOlderVersionsMayNotSignTheNewOneSignsAtOnce() throws Exception {
        String first = keys.currentKeyId();
        engine.rotate(clock.instant());
        engine.least = 2;
        clock.move(Duration.ofMinutes(1));

        assertFalse(keys.sign(MESSAGE).keyId().equals(first));
    }

    @Test
    void whileTheServiceIsAwayNothingIsSignedAndKeysStayPublished() {
        KeySet before = keys.published();
        engine.close();
        clock.move(Duration.ofMinutes(5));

        assertThrows(StoreUnavailable.class, () -> keys.sign(MESSAGE));
        assertEquals(before, keys.published());
        assertThrows(StoreUnavailable.class, () -> at(engine.address()).published());
    }

    @Test
    void aSignatureThatDoesNotFitIsNotUsed() {
        engine.wrong = true;

        assertThrows(StoreUnavailable.class, () -> keys.sign(MESSAGE));
    }

    @Test
    void aTokenThatDoesNotCountAndAnotherKindOfKeyAreToldAndTheTokenIsNot() throws Exception {
        Files.writeString(folder.resolve("token"), "hvs.other");
        StoreUnavailable refused =
                assertThrows(StoreUnavailable.class, () -> at(engine.address()).currentKeyId());
        Files.writeString(folder.resolve("token"), "hvs.stand-in");
        engine.type = "rsa-2048";

        assertThrows(StoreUnavailable.class, () -> at(engine.address()).currentKeyId());
        assertFalse((refused + " " + refused.getCause()).contains("hvs."), refused::toString);
    }

    @Test
    void anAddressOnTheWayToWhichSomebodyListensIsRefused() {
        assertThrows(InvalidInput.class, () -> at(URI.create("http://vault.example.com/v1/t")));
        assertThrows(
                InvalidInput.class,
                () ->
                        new TransitSigningKeys(
                                engine.address(), "../sys", folder.resolve("token"), clock));
    }

    private TransitSigningKeys at(URI address) {
        return new TransitSigningKeys(address, "devops-pack", folder.resolve("token"), clock);
    }

    private static final class Engine {

        private final HttpServer server;
        private final List<KeyPair> versions = new ArrayList<>();
        private final List<Instant> made = new ArrayList<>();
        private volatile int least;
        private volatile boolean wrong;
        private volatile String type = "ed25519";

        Engine() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/transit/keys/devops-pack", this::keys);
            server.createContext("/v1/transit/sign/devops-pack", this::sign);
            server.start();
        }

        URI address() {
            return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/transit");
        }

        void rotate(Instant at) throws GeneralSecurityException {
            versions.add(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
            made.add(at);
        }

        private void keys(HttpExchange exchange) throws IOException {
            StringBuilder listed = new StringBuilder();
            for (int i = 0; i < versions.size(); i++) {
                byte[] spki = versions.get(i).getPublic().getEncoded();
                byte[] raw = new byte[32];
                System.arraycopy(spki, spki.length - 32, raw, 0, 32);
                listed.append(i == 0 ? "" : ",")
                        .append('"')
                        .append(i + 1)
                        .append("\":{\"creation_time\":\"")
                        .append(made.get(i).plusNanos(123_456_789))
                        .append("\",\"name\":\"ed25519\",\"public_key\":\"")
                        .append(Base64.getEncoder().encodeToString(raw))
                        .append("\"}");
            }
            answer(
                    exchange,
                    "{\"data\":{\"type\":\""
                            + type
                            + "\",\"min_encryption_version\":"
                            + least
                            + ",\"keys\":{"
                            + listed
                            + "}}}");
        }

        private void sign(HttpExchange exchange) throws IOException {
            JsonNode asked = new ObjectMapper().readTree(exchange.getRequestBody());
            int version = asked.path("key_version").asInt();
            try {
                Signature ed25519 = Signature.getInstance("Ed25519");
                ed25519.initSign(versions.get(version - 1).getPrivate());
                ed25519.update(Base64.getDecoder().decode(asked.path("input").asText()));
                byte[] signature = ed25519.sign();
                signature[0] ^= (byte) (wrong ? 1 : 0);
                answer(
                        exchange,
                        "{\"data\":{\"signature\":\"vault:v"
                                + version
                                + ":"
                                + Base64.getEncoder().encodeToString(signature)
                                + "\"}}");
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }

        private static void answer(HttpExchange exchange, String body) throws IOException {
            boolean known =
                    "hvs.stand-in".equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
            byte[] bytes = (known ? body : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 403, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        void close() {
            server.stop(0);
        }
    }
}
