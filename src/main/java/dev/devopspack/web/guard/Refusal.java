package dev.devopspack.web.guard;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/// An answer given at the wall: what is wrong, where, how to mend it; or the way to go instead.
///
/// @param body text in the type that the headers name
public record Refusal(int status, Map<String, String> headers, String body) {

    public Refusal {
        headers = Map.copyOf(headers);
    }

    static Refusal of(int status, String where, String problem, String mend) {
        return of(status, where, problem, mend, Map.of());
    }

    static Refusal of(
            int status,
            String where,
            String problem,
            String mend,
            Map<String, String> moreHeaders) {
        Map<String, String> headers = new HashMap<>(moreHeaders);
        headers.put("Content-Type", "application/json");
        JsonObject error =
                new JsonObject().put("where", where).put("problem", problem).put("mend", mend);
        return new Refusal(status, headers, new JsonObject().put("error", error).encode());
    }

    /// @param status 303 to ask for a page, 307 to ask the same again elsewhere
    static Refusal elsewhere(int status, String location) {
        return new Refusal(status, Map.of("Location", location), "");
    }

    void send(RoutingContext context) {
        HttpServerResponse response = context.response().setStatusCode(status);
        headers.forEach(response::putHeader);
        Future<Void> sent = response.end(body);
        if ("close".equals(headers.get("Connection"))) {
            // What is still on its way is not read.
            sent.onComplete(done -> context.request().connection().close());
        }
    }
}
