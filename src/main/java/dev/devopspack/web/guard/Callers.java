package dev.devopspack.web.guard;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Sessions;
import dev.devopspack.identity.Tokens;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Finds who is behind a proof. Each realm looks only where its own proofs are kept.
@ApplicationScoped
public class Callers implements IdentityProvider<Proof> {

    /// The attribute of an identity that holds our {@link Principal}; also for packages that may
    /// not know this one.
    public static final String PRINCIPAL = Principal.ATTRIBUTE;

    static final String CSRF = "csrf";

    private final KnownTokens known;
    private final Tokens tokens;
    private final Sessions sessions;

    Callers(KnownTokens known, Tokens tokens, Sessions sessions) {
        this.known = known;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    @Override
    public Class<Proof> getRequestType() {
        return Proof.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Proof proof, AuthenticationRequestContext context) {
        Optional<Principal> recent =
                proof.realm() == Realm.TOKENS
                        ? known.find(Digest.of(proof.secret()))
                        : Optional.empty();
        if (recent.isPresent()) {
            return Uni.createFrom().item(identity(proof, recent.get()));
        }
        return context.runBlocking(() ->
                find(proof)
                        .map(principal -> identity(proof, principal))
                        .orElseThrow(() ->
                                new AuthenticationFailedException("unknown, expired or revoked")));
    }

    private Optional<Principal> find(Proof proof) {
        return switch (proof.realm()) {
            case TOKENS ->
                    tokens.authenticate(proof.secret())
                            .map(found -> known.keep(Digest.of(proof.secret()), found));
            case PAGES -> sessions.authenticate(proof.secret());
            case OPEN -> Optional.empty();
        };
    }

    private static SecurityIdentity identity(Proof proof, Principal principal) {
        QuarkusSecurityIdentity.Builder identity =
                QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(principal.actor()))
                        .addRoles(Access.of(principal))
                        .addAttribute(PRINCIPAL, principal);
        if (proof.realm() == Realm.PAGES) {
            identity.addAttribute(CSRF, SessionCookie.csrf(proof.secret()));
        }
        return identity.build();
    }
}
