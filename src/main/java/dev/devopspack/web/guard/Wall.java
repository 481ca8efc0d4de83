package dev.devopspack.web.guard;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Stands before every route: what does not come in plain form, to a known name, from a known
/// origin and within the size limit goes no further.
@ApplicationScoped
public class Wall {

    /// Before anything of Quarkus, whose own filters stay below 1,000.
    private static final int FIRST = 100_000;

    private static final Set<HttpMethod> METHODS =
            Set.of(
                    HttpMethod.GET,
                    HttpMethod.HEAD,
                    HttpMethod.POST,
                    HttpMethod.PUT,
                    HttpMethod.DELETE);
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Addresses addresses;
    private final boolean legacyTransport;

    Wall(
            Addresses addresses,
            @ConfigProperty(name = "devopspack.mcp.legacy-sse", defaultValue = "false")
                    boolean legacyTransport) {
        this.addresses = addresses;
        this.legacyTransport = legacyTransport;
    }

    void stand(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String why = PlainPath.refusal(request.uri());
        Realm realm = why == null ? Realm.of(request) : Realm.TOKENS;
        int port = request.localAddress().port();
        Headers.add(context.response().headers(), realm, addresses.secure(port));

        Refusal refusal =
                why == null
                        ? refusal(new Asked(request, realm, port, host(request)))
                        : Refusal.of(
                                400,
                                "path",
                                why,
                                "Write the path in its plain form; give a name with other"
                                        + " characters as a query parameter.");
        if (refusal != null) {
            refusal.send(context);
            return;
        }
        context.next();
    }

    /// A request in plain form.
    ///
    /// @param port that it came to
    /// @param host by which name it calls the server; null where it tells none, or several
    private record Asked(HttpServerRequest request, Realm realm, int port, @Nullable String host) {

        String path() {
            return Realm.pathOf(request);
        }

        boolean reading() {
            return READING.contains(request.method());
        }
    }

    private @Nullable Refusal refusal(Asked asked) {
        if (!METHODS.contains(asked.request().method())) {
            return Refusal.of(
                    405, "method", "this method is not used here", "Use GET, POST, PUT or DELETE.");
        }
        if (asked.path().startsWith("/webjars/") && asked.realm() != Realm.OPEN) {
            return Refusal.of(404, "path", "there is no such file", "Look at the page's source.");
        }
        if (asked.path().startsWith("/mcp/") && !legacyTransport) {
            return Refusal.of(
                    404,
                    "path",
                    "the older MCP transport (SSE) is switched off",
                    "Use Streamable HTTP at /mcp, or set devopspack.mcp.legacy-sse=true.");
        }
        Refusal stranger = stranger(asked);
        if (stranger != null) {
            return stranger;
        }
        Refusal large = tooLarge(asked);
        return large == null ? elsewhere(asked) : large;
    }

    private @Nullable Refusal stranger(Asked asked) {
        String host = asked.host();
        int port = asked.port();
        boolean watched = Realm.watched(asked.path()) && Addresses.isNumeric(host);
        if (host == null || !(watched || addresses.knowsHost(host, port))) {
            return Refusal.of(
                    421,
                    "Host",
                    "this server does not answer under that name",
                    "Use "
                            + addresses.pageOrigin(port)
                            + " or add the name to devopspack.http.hosts.");
        }
        List<String> origins = asked.request().headers().getAll("Origin");
        boolean changes = asked.realm() == Realm.PAGES && !asked.reading();
        if (origins.isEmpty()) {
            return changes
                    ? foreign("a form or script of these pages sends its origin", port)
                    : null;
        }
        String origin = origins.getFirst();
        if (origins.size() > 1 || !addresses.knowsOrigin(origin, port)) {
            return foreign("the request comes from a page of another site", port);
        }
        if (changes && !sameOrigin(asked.request(), origin, host)) {
            return foreign("the request comes from a page of another site", port);
        }
        return null;
    }

    private static boolean sameOrigin(HttpServerRequest request, String origin, String host) {
        String site = request.getHeader("Sec-Fetch-Site");
        return Addresses.same(origin, host) && (site == null || site.equals("same-origin"));
    }

    private Refusal foreign(String problem, int port) {
        return Refusal.of(
                403,
                "Origin",
                problem,
                "Open "
                        + addresses.pageOrigin(port)
                        + " itself, or add the origin to devopspack.http.origins.");
    }

    private static @Nullable String host(HttpServerRequest request) {
        if (request.headers().getAll("Host").size() > 1) {
            return null;
        }
        HostAndPort authority = request.authority();
        return authority == null ? null : authority.toString();
    }

    private static @Nullable Refusal tooLarge(Asked asked) {
        if (asked.reading()) {
            return null;
        }
        Realm realm = asked.realm();
        String length = asked.request().getHeader("Content-Length");
        if (length == null) {
            // A chunked body to a token path is cut by quarkus.http.limits.max-body-size.
            return realm == Realm.TOKENS || asked.request().getHeader("Transfer-Encoding") == null
                    ? null
                    : Refusal.of(
                            411,
                            "Content-Length",
                            "the body's length is not told",
                            "Send it with Content-Length.");
        }
        long limit = BodyLimit.of(realm);
        return length.length() <= 12 && Long.parseLong(length) <= limit
                ? null
                : Refusal.of(
                        413,
                        "body",
                        "it is larger than " + limit + " bytes",
                        "Send less: one module at a time, without what is not configuration.",
                        Map.of("Connection", "close"));
    }

    /// Passkeys belong to a name: a page that is opened under another known name moves there.
    private @Nullable Refusal elsewhere(Asked asked) {
        String origin = addresses.pageOrigin(asked.port());
        String host = asked.host();
        boolean moves =
                asked.realm() == Realm.PAGES
                        && asked.request().method().equals(HttpMethod.GET)
                        && host != null
                        && !Addresses.same(origin, host);
        return moves ? Refusal.elsewhere(307, origin + asked.request().uri()) : null;
    }
}
