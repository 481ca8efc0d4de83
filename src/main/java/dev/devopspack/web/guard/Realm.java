package dev.devopspack.web.guard;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/// Which proof of identity a path takes. Each path belongs to one realm, so that a token is never
/// looked at where a session counts, and no cookie where a token does.
public enum Realm {
    /// Needs none: styles and scripts, health, the keys that grants and messages are verified with,
    /// the newest checkpoint of the audit log and the hashes that it is made of.
    OPEN,
    /// A person's session cookie: pages and decisions.
    PAGES,
    /// A secret that this server shares with another system, looked at where its question is read.
    HOOKS,
    /// A bearer token: assistants, bots and pipelines.
    TOKENS;

    /// The one file of the library that we serve of all its files.
    public static final String HTMX = "/webjars/htmx.org/2.0.10/dist/htmx.min.js";

    /// Where the keys are that grants are verified with.
    public static final String KEYS = "/.well-known/devops-pack/jwks.json";

    /// Where the keys are that messages to hooks are verified with.
    private static final String NOTICE_KEYS = "/.well-known/devops-pack/notice-keys.json";

    /// Who lets clients of MCP in (RFC 9728): the general address, and below it that of MCP.
    private static final String PROTECTED_RESOURCE = "/.well-known/oauth-protected-resource";

    public static final String RESOURCE_METADATA = PROTECTED_RESOURCE + "/mcp";

    /// What the audit log adds up to, for whoever keeps it elsewhere; the log itself is not open.
    private static final String CHECKPOINT = "/audit/checkpoint";

    /// Hashes of the log's tree. What the log says stands under `entries`, which is not open.
    private static final Pattern TILE = Pattern.compile("/audit/tile/[0-9]{1,2}/.*");

    /// What Prometheus collects, with a viewer's token.
    static final String METRICS = "/q/metrics";

    private static final String HEALTH = "/q/health";

    public static Realm of(HttpServerRequest request) {
        return of(pathOf(request));
    }

    /// The path as it came; empty where the request's target is none, which the wall refuses.
    public static String pathOf(HttpServerRequest request) {
        String path = request.path();
        return path == null ? "" : path;
    }

    /// @param path in plain form, as {@link PlainPath} let it through
    static Realm of(String path) {
        if (path.equals("/mcp")
                || path.startsWith("/mcp/")
                || path.startsWith("/api/")
                || path.equals(METRICS)) {
            return TOKENS;
        }
        if (path.startsWith("/hooks/")) {
            return HOOKS;
        }
        if (path.startsWith("/assets/")
                || path.equals(HTMX)
                || path.equals(KEYS)
                || path.equals(NOTICE_KEYS)
                || path.equals(PROTECTED_RESOURCE)
                || path.equals(RESOURCE_METADATA)
                || path.equals(CHECKPOINT)
                || TILE.matcher(path).matches()
                || health(path)) {
            return OPEN;
        }
        return PAGES;
    }

    /// Whether machines that watch this one ask it: they call by address, not by the name that
    /// people use.
    static boolean watched(String path) {
        return path.equals(METRICS) || health(path);
    }

    private static boolean health(String path) {
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }
}
