package dev.devopspack.mcp;

import dev.devopspack.change.Hidden;
import dev.devopspack.identity.Principal;
import io.quarkiverse.mcp.server.McpConnection;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/// Who is calling a tool, and with which software.
@ApplicationScoped
class Caller {

    /// A client's name is shown to people: a word, not a text.
    private static final int MAX_CLIENT_NAME = 60;

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    Principal principal() {
        Principal principal = identity.getAttribute(Principal.ATTRIBUTE);
        if (principal == null) {
            throw new UnauthorizedException("Send an API token: Authorization: Bearer dpk_…");
        }
        return principal;
    }

    /// The client's own word for itself, cut and with hidden characters marked: a claim.
    static String client(McpConnection connection) {
        String name = connection.initialRequest().implementation().name();
        String shown = Hidden.marked(name).replace("\n", " ").strip();
        if (shown.isEmpty()) {
            return "unnamed client";
        }
        return shown.length() > MAX_CLIENT_NAME ? shown.substring(0, MAX_CLIENT_NAME) + "…" : shown;
    }
}
