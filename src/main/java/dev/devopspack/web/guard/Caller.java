package dev.devopspack.web.guard;

import dev.devopspack.identity.Principal;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/// Who sends this request.
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    public boolean known() {
        return !identity.isAnonymous();
    }

    public Principal principal() {
        Principal principal = find();
        if (principal == null) {
            throw new IllegalStateException("an endpoint for callers let nobody in");
        }
        return principal;
    }

    public @Nullable Principal find() {
        return identity.getAttribute(Callers.PRINCIPAL);
    }

    public boolean may(String access) {
        return identity.hasRole(access);
    }

    /// The token that forms of this session carry; empty without a session.
    public String csrf() {
        String csrf = identity.getAttribute(Callers.CSRF);
        return csrf == null ? "" : csrf;
    }
}
