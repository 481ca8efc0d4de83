package dev.devopspack.attack;

import dev.devopspack.attack.Attack.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// The server that is attacked, with a token of somebody who may ask.
///
/// @param token of a requester
record Site(URI address, String token) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SILENCE_MILLIS = 20_000;

    /// The rule that says that an expression of a workflow is none.
    private static final String UNREADABLE_EXPRESSION = "DP-GHA-061";

    String host() {
        return "localhost:" + address.getPort();
    }

    /// Sends these characters as they are, on a connection of their own.
    ///
    /// @param head request line and headers, without the empty line
    Answer raw(String head, String body) throws IOException {
        try (Socket socket = new Socket("localhost", address.getPort())) {
            socket.setSoTimeout(SILENCE_MILLIS);
            String request = head + "\r\nConnection: close\r\n\r\n" + body;
            String answer = "";
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (SocketException e) {
                answer = "";
            }
            // A connection that is closed without a word did nothing either.
            return Answer.of(answer.isEmpty() || statusOf(answer) >= 400, answer);
        }
    }

    private static int statusOf(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    /// What is read there.
    String text(String path, String bearer) throws IOException, InterruptedException {
        return send(request(path, bearer).GET().build()).body();
    }

    Answer get(String path, String bearer) throws IOException, InterruptedException {
        return answered(send(request(path, bearer).GET().build()));
    }

    Answer task(String yaml) throws IOException, InterruptedException {
        return answered(taskText(yaml));
    }

    /// The answer to a task as it came.
    HttpResponse<String> taskText(String yaml) throws IOException, InterruptedException {
        return post("/api/v1/tasks", "application/yaml", yaml, token);
    }

    /// Refused is also what a gate does not let through: then nobody is asked.
    Answer submit(JsonObject submission) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                post("/api/v1/change-sets", "application/json", submission.encode(), token);
        return Answer.of(
                answer.statusCode() >= 400 || answer.body().contains("\"status\":\"FAILED\""),
                answer.statusCode() + " " + answer.body());
    }

    /// Refused is also what the scan says it could not read: a file, or an expression in it.
    Answer scan(String name, String content) throws IOException, InterruptedException {
        JsonObject body = new JsonObject().put("files", files(Map.of(name, content)));
        HttpResponse<String> answer =
                post("/api/v1/scan", "application/json", body.encode(), token);
        boolean read =
                answer.statusCode() == 200
                        && new JsonObject(answer.body()).getJsonArray("unreadable").isEmpty();
        return Answer.of(!read || answer.body().contains(UNREADABLE_EXPRESSION), answer.body());
    }

    Answer mcp(String method, JsonObject parameters) throws IOException, InterruptedException {
        return rpc(
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", 1)
                        .put("method", method)
                        .put("params", parameters)
                        .encode(),
                token);
    }

    Answer rpc(String message, String bearer) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/mcp", "application/json", message, bearer);
        String text = answer.body();
        boolean did =
                answer.statusCode() == 200
                        && text.contains("\"result\"")
                        && !text.contains("\"isError\":true");
        return Answer.of(!did, text);
    }

    HttpResponse<String> post(String path, String type, String body, String bearer)
            throws IOException, InterruptedException {
        return send(
                request(path, bearer)
                        .header("Content-Type", type)
                        .header("Accept", "application/json, text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    static JsonArray files(Map<String, String> files) {
        JsonArray list = new JsonArray();
        files.forEach((name, content) ->
                list.add(new JsonObject().put("name", name).put("content", content)));
        return list;
    }

    static JsonObject submission(Map<String, String> files) {
        return new JsonObject()
                .put("stack", "attacked")
                .put("environment", "dev")
                .put("files", files(files));
    }

    private HttpRequest.Builder request(String path, String bearer) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
        return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
    }

    private static HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    static Answer answered(HttpResponse<String> answer) {
        return Answer.of(answer.statusCode() >= 400, answer.statusCode() + " " + answer.body());
    }
}
