package dev.devopspack.web.guard;

import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.approval.enforcement.Enforcement;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Sessions;
import dev.devopspack.identity.Tokens;
import dev.devopspack.identity.Workload;
import dev.devopspack.identity.company.CompanyAccess;
import dev.devopspack.identity.workload.Workloads;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.KnownTokens.Known;
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
    private final Workloads workloads;
    private final Enforcement enforcement;
    private final Delegations delegations;
    private final CompanyAccess company;

    Callers(
            KnownTokens known,
            Tokens tokens,
            Sessions sessions,
            Workloads workloads,
            Enforcement enforcement,
            Delegations delegations,
            CompanyAccess company) {
        this.known = known;
        this.tokens = tokens;
        this.sessions = sessions;
        this.workloads = workloads;
        this.enforcement = enforcement;
        this.delegations = delegations;
        this.company = company;
    }

    @Override
    public Class<Proof> getRequestType() {
        return Proof.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Proof proof, AuthenticationRequestContext context) {
        return switch (proof.realm()) {
            case TOKENS -> ofToken(proof.secret(), context);
            case PAGES ->
                    context.runBlocking(() ->
                            sessions.authenticate(proof.secret())
                                    .map(principal -> person(principal, proof.secret()))
                                    .orElseThrow(Callers::unknown));
            case OPEN, HOOKS -> Uni.createFrom().failure(unknown());
        };
    }

    private Uni<SecurityIdentity> ofToken(String secret, AuthenticationRequestContext context) {
        Digest token = Digest.of(secret);
        Optional<Known> recent = known.find(token);
        if (recent.isEmpty()) {
            return context.runBlocking(() -> lookUp(token, secret));
        }
        if (known.isRenewedBy(recent.get())) {
            context.runBlocking(() -> lookUp(token, secret))
                    .subscribe()
                    .with(
                            _ -> {},
                            failure -> {
                                if (failure instanceof AuthenticationFailedException) {
                                    known.forget(token);
                                }
                                // In an outage it is known until its time is over.
                            });
        }
        return Uni.createFrom().item(recent.get().identity());
    }

    private SecurityIdentity lookUp(Digest token, String secret) {
        KnownTokens.Search search = known.search(token);
        return byToken(secret)
                .map(principal -> known.keep(search, identity(principal).build()))
                .orElseThrow(() -> {
                    known.forget(token);
                    return unknown();
                });
    }

    private static AuthenticationFailedException unknown() {
        return new AuthenticationFailedException("unknown, expired or revoked");
    }

    private Optional<Principal> byToken(String secret) {
        if (!Workloads.looksLikeOne(secret)) {
            return tokens.authenticate(secret);
        }
        // One issuer may vouch for both: a GitLab signs people in and runs their jobs.
        boolean person = company.claims(secret) && !workloads.claims(secret);
        return Optional.of(person ? assistant(secret) : job(secret));
    }

    /// A client with an access token of the company's identity provider.
    private Principal assistant(String secret) {
        try {
            return company.authenticate(secret);
        } catch (InvalidInput refused) {
            throw new AuthenticationFailedException(refused.problem() + ". " + refused.mend());
        }
    }

    /// A platform vouches for the jobs of everybody: only those that the operator named are let in.
    private Principal job(String secret) {
        try {
            Workload job = workloads.authenticate(secret);
            enforcement
                    .pipelines()
                    .refusal(job)
                    .ifPresent(problem -> {
                        throw new AuthenticationFailedException(problem);
                    });
            return job.principal();
        } catch (InvalidInput refused) {
            throw new AuthenticationFailedException(refused.problem());
        }
    }

    private SecurityIdentity person(Principal principal, String session) {
        QuarkusSecurityIdentity.Builder identity =
                identity(principal).addAttribute(CSRF, SessionCookie.csrf(session));
        PersonId person = principal.person();
        if (person != null
                && !principal.roles().contains(Role.APPROVER)
                && delegations.any(person)) {
            identity.addRole(Access.PERSON_DELEGATE);
        }
        return identity.build();
    }

    private static QuarkusSecurityIdentity.Builder identity(Principal principal) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(principal.actor()))
                .addRoles(Access.of(principal))
                .addAttribute(PRINCIPAL, principal);
    }
}
