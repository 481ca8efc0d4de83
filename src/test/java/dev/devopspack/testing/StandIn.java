package dev.devopspack.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands in for another company's server on this machine: answers as it is told and remembers what
/// it was asked.
public final class StandIn implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    public record Answer(int status, String body, Map<String, String> headers) {

        public static Answer ok(String body) {
            return new Answer(200, body, Map.of());
        }

        public static Answer status(int status) {
            return new Answer(status, "", Map.of());
        }
    }

    /// @param what method and path, for example `GET /keys`
    public record Asked(String what, @Nullable String authorization, String body) {}

    public StandIn(int port) throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param what method and path, for example `GET /keys`
    public void answer(String what, Answer answer) {
        answers.put(what, answer);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        // Chosen before the test knows that it was asked, and may tell it another answer.
        Answer answer = answers.getOrDefault(what, Answer.status(404));
        asked.add(new Asked(what, exchange.getRequestHeaders().getFirst("Authorization"), body));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /// The next request that it got or gets.
    public Asked next() throws InterruptedException {
        Asked next = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody asked");
        }
        return next;
    }

    /// What it was asked since it was last looked at.
    public List<Asked> soFar() {
        List<Asked> all = new ArrayList<>();
        asked.drainTo(all);
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
