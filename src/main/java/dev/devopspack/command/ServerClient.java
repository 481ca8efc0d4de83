package dev.devopspack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Calls a server's HTTP interface with a token.
final class ServerClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// A run plans with the real terraform: minutes on a slow machine, never an hour.
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

    private final URI server;
    private final @Nullable String token;
    private final HttpClient http;

    ServerClient(URI server, @Nullable String token) {
        this.server = server;
        this.token = token;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    byte[] getBytes(String path) {
        HttpRequest request = request(path).setHeader("Accept", "*/*").GET().build();
        HttpResponse<byte[]> response = exchange(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw refusal(
                response.statusCode(), parse(new String(response.body(), StandardCharsets.UTF_8)));
    }

    /// A value as it stands in a query.
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /// Lines of an export.
    ///
    /// @param next what to give as `after` the next time
    record Stretch(String text, long next) {}

    Stretch stretch(String path) {
        HttpRequest request = request(path).setHeader("Accept", "*/*").GET().build();
        HttpResponse<String> response = exchange(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 == 2) {
            return new Stretch(
                    response.body(),
                    response.headers().firstValueAsLong("Audit-Next-After").orElse(-1));
        }
        throw refusal(response.statusCode(), parse(response.body()));
    }

    JsonNode post(String path, String contentType, String body) {
        return send(
                request(path)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(REQUEST_TIMEOUT)
                        .header("Accept", "application/json")
                        .header("User-Agent", "devops-pack-cli");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private JsonNode send(HttpRequest request) {
        HttpResponse<String> response = exchange(request, HttpResponse.BodyHandlers.ofString());
        JsonNode body = parse(response.body());
        if (response.statusCode() / 100 == 2) {
            return body;
        }
        throw refusal(response.statusCode(), body);
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The server at "
                            + server
                            + " does not answer"
                            + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")")
                            + ". Start it, or name another with --server.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + server, e);
        }
    }

    /// What is no JSON (a proxy's page) has no fields: the status alone is then told.
    private static JsonNode parse(String body) {
        try {
            return body.isBlank() ? Output.JSON.createObjectNode() : Output.JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return Output.JSON.createObjectNode();
        }
    }

    /// The server understood and says no: a grant that does not hold, a missing right.
    static final class Refused extends RuntimeException {
        private final transient InvalidInput refusal;

        Refused(InvalidInput refusal) {
            super(refusal.getMessage());
            this.refusal = refusal;
        }

        InvalidInput refusal() {
            return refusal;
        }
    }

    private RuntimeException refusal(int status, JsonNode body) {
        InvalidInput told = told(status, body);
        return status == 403 || status == 409 || status == 410 ? new Refused(told) : told;
    }

    private InvalidInput told(int status, JsonNode body) {
        JsonNode error = body.path("error");
        String example = error.path("example").asText("");
        return new InvalidInput(
                error.path("where").asText(server.toString()),
                error.path("problem").asText("the server answered " + status),
                error.path("mend").asText("See the server's log."),
                example.isEmpty() ? null : example);
    }
}
