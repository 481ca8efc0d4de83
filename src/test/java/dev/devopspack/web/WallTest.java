package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What comes to the server as bytes: clients that are kinder than an attacker would mend it.
@QuarkusTest
class WallTest {

    @TestHTTPResource("/")
    URI server;

    @TestFactory
    Stream<DynamicTest> aTargetThatIsNotPlainIsRefused() {
        return Stream.of(
                        "/mcp;x=1",
                        "/api/v1/tasks;x",
                        "//api/v1/tasks",
                        "/assets/../api/v1/tasks",
                        "/assets/%2e%2e/api/v1/tasks",
                        "/%61pi/v1/tasks",
                        "/api/v1/tasks/",
                        "http://evil.example/api/v1/tasks")
                .map(target ->
                        DynamicTest.dynamicTest(
                                target, () -> assertEquals(400, status(get(target)))));
    }

    @Test
    void anotherNameIsNotAnswered() throws IOException {
        for (String host :
                List.of(
                        "evil.example",
                        "localhost.evil.example:" + server.getPort(),
                        "localhost:1",
                        "localhost")) {
            String answer = send("GET /q/health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertEquals(421, status(answer), host);
        }
    }

    @Test
    void aPageOfAnotherSiteReachesNothing() throws IOException {
        for (String path : List.of("/mcp", "/api/v1/tasks", "/sign-in/options", "/")) {
            for (String origin :
                    List.of(
                            "null",
                            "http://evil.example",
                            "http://localhost.evil.example:" + server.getPort(),
                            "https://localhost:" + server.getPort())) {
                String answer =
                        send(
                                "POST "
                                        + path
                                        + " HTTP/1.1\r\nHost: "
                                        + host()
                                        + "\r\nOrigin: "
                                        + origin
                                        + "\r\nContent-Length: 0\r\n\r\n");
                assertEquals(403, status(answer), path + " from " + origin);
            }
        }
    }

    @Test
    void aFormWithoutOriginIsRefused() throws IOException {
        String answer =
                send(
                        "POST /sign-out HTTP/1.1\r\nHost: "
                                + host()
                                + "\r\nContent-Length: 0\r\n\r\n");

        assertEquals(403, status(answer));
    }

    @Test
    void tooLargeABodyIsRefusedBeforeItIsSent() throws IOException {
        String answer =
                send(
                        "POST /sign-in HTTP/1.1\r\nHost: "
                                + host()
                                + "\r\nOrigin: http://"
                                + host()
                                + "\r\nContent-Length: 3000000\r\n\r\n");

        assertEquals(413, status(answer));
    }

    @Test
    void everyAnswerCarriesTheHeaders() throws IOException {
        for (String path : List.of("/sign-in", "/api/v1/tasks", "/mcp", "/assets/app.js", "/no")) {
            String answer = get(path);
            assertAll(
                    path,
                    () -> assertTrue(answer.contains("default-src 'none'"), answer),
                    () -> assertTrue(answer.contains("nosniff"), answer),
                    () -> assertTrue(answer.contains("require-trusted-types-for"), answer));
        }
    }

    @Test
    void theOlderMcpTransportIsSwitchedOff() throws IOException {
        String answer = get("/mcp/sse");

        assertEquals(404, status(answer));
        assertTrue(answer.contains("Streamable HTTP"), answer);
    }

    @Test
    void onlyOneFileOfTheLibraryIsServed() throws IOException {
        assertEquals(200, status(get("/webjars/htmx.org/2.0.10/dist/htmx.min.js")));
        assertEquals(404, status(get("/webjars/htmx.org/2.0.10/dist/htmx.js")));
        assertEquals(404, status(get("/webjars/htmx.org/2.0.10/package.json")));
    }

    @Test
    void aPageUnderTheOtherNameMovesToTheOneOfPasskeys() throws IOException {
        String answer =
                send(
                        "GET /sign-in?next=%2Faudit HTTP/1.1\r\nHost: 127.0.0.1:"
                                + server.getPort()
                                + "\r\n\r\n");

        assertEquals(307, status(answer));
        assertTrue(
                answer.toLowerCase(java.util.Locale.ROOT)
                        .contains("location: http://" + host() + "/sign-in?next=%2faudit"),
                answer);
    }

    @Test
    void aPathForTokensTellsHowToGetOne() throws IOException {
        for (String path : List.of("/api/v1/tasks", "/api/v1/nothing", "/mcp")) {
            String answer = get(path);
            assertEquals(401, status(answer), path);
            assertTrue(answer.contains("Bearer dpk_"), answer);
        }
    }

    @Test
    void aPageLeadsToSignInAndComesBack() throws IOException {
        String answer = get("/change-sets?x=1");

        assertEquals(303, status(answer));
        assertTrue(answer.contains("/sign-in?next=%2Fchange-sets%3Fx%3D1"), answer);
    }

    private String get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n");
    }

    private String host() {
        return "localhost:" + server.getPort();
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket("localhost", server.getPort())) {
            socket.setSoTimeout(10_000);
            String closing = request.replaceFirst("\r\n", "\r\nConnection: close\r\n");
            socket.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }
}
