package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What the container is asked with, in an image without curl.
class ContainerHealthTest {

    private final List<String> asked = new ArrayList<>();

    @Test
    void aServerThatIsReadyIsHealthy() throws Exception {
        assertEquals(0, healthy(200));
        assertEquals(List.of("GET /q/health/ready"), asked);
    }

    @Test
    void oneThatSaysItIsNotReadyIsNot() throws Exception {
        assertNotEquals(0, healthy(503));
        assertEquals(List.of("GET /q/health/ready"), asked);
    }

    @Test
    void whereNobodyListensNothingIsHealthy() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 0, loopback())) {
            port = closed.getLocalPort();
        }

        assertNotEquals(0, ask(port));
    }

    @Test
    void oneThatTakesCallsAndSaysNothingIsNot() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 0, loopback())) {
            assertNotEquals(0, ask(silent.getLocalPort()));
        }
    }

    @Test
    void imageAndComposeAskWithWhatTheImageHas() throws IOException {
        String file = Files.readString(Path.of("deployment/container/Containerfile"));
        String compose = Files.readString(Path.of("deployment/compose/compose.yaml"));

        assertTrue(file.contains("deployment/container/healthy /app/healthy"), file);
        assertTrue(file.contains("CMD [\"/app/healthy\"]"), file);
        assertTrue(compose.contains("test: [\"CMD\", \"/app/healthy\"]"), compose);
    }

    private int healthy(int status) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
        try {
            return ask(server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private static InetAddress loopback() throws Exception {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static int ask(int port) throws Exception {
        Process process =
                new ProcessBuilder("deployment/container/healthy", String.valueOf(port))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it did not end");
        return process.exitValue();
    }
}
