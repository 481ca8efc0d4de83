package dev.devopspack.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers as the transit engine of a Vault does that knows one key, `devops-pack`, and one token.
/// A test in another class loader seals it over HTTP: `POST /stand-in/seal` and `POST
/// /stand-in/unseal`.
public final class TransitEngine implements AutoCloseable {

    public static final String TOKEN = "hvs.stand-in";

    /// What a sealed Vault answers.
    private static final int SEALED = 503;

    private final HttpServer server;
    private final List<KeyPair> versions = new ArrayList<>();
    private final List<Instant> made = new ArrayList<>();
    private volatile int least;
    private volatile boolean wrong;
    private volatile String type = "ed25519";
    private volatile boolean sealed;
    private final AtomicInteger questions = new AtomicInteger();

    public TransitEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/transit/keys/devops-pack", this::keys);
        server.createContext("/v1/transit/sign/devops-pack", this::sign);
        server.createContext("/stand-in/seal", exchange -> seal(exchange, true));
        server.createContext("/stand-in/unseal", exchange -> seal(exchange, false));
        server.start();
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/transit");
    }

    public void rotate(Instant at) throws GeneralSecurityException {
        versions.add(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        made.add(at);
    }

    public void seal(boolean to) {
        sealed = to;
    }

    public void leastToSign(int version) {
        least = version;
    }

    public void signsWrongly() {
        wrong = true;
    }

    /// How often it was asked to sign.
    public int questions() {
        return questions.get();
    }

    public void holdsKeysOf(String kind) {
        type = kind;
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
        questions.incrementAndGet();
        try {
            StringBuilder results = new StringBuilder();
            for (JsonNode each : asked.path("batch_input")) {
                Signature ed25519 = Signature.getInstance("Ed25519");
                ed25519.initSign(versions.get(version - 1).getPrivate());
                ed25519.update(Base64.getDecoder().decode(each.path("input").asText()));
                byte[] signature = ed25519.sign();
                signature[0] ^= (byte) (wrong ? 1 : 0);
                results.append(results.isEmpty() ? "" : ",")
                        .append("{\"signature\":\"vault:v")
                        .append(version)
                        .append(':')
                        .append(Base64.getEncoder().encodeToString(signature))
                        .append("\"}");
            }
            answer(exchange, "{\"data\":{\"batch_results\":[" + results + "]}}");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
        byte[] bytes = (known ? body : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(sealed ? SEALED : known ? 200 : 403, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void seal(HttpExchange exchange, boolean to) throws IOException {
        seal(to);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
