package dev.devopspack.web.guard;

import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import dev.devopspack.change.Outages;
import dev.devopspack.change.StoreUnavailable;
import dev.devopspack.identity.company.CompanyAccess;
import dev.devopspack.identity.workload.Workloads;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads who is calling from a bearer token or a session cookie, whichever the path's realm takes,
/// and tells callers without a valid one how to get it. Covers every route, also `/mcp`.
@ApplicationScoped
public class Knocking implements HttpAuthenticationMechanism {

    private static final Logger LOG = Logger.getLogger(Knocking.class);

    /// No token of ours is longer; whatever is was never one.
    private static final int MAX_SECRET_LENGTH = 200;

    /// Where the reason is kept why a pipeline's identity token does not count.
    private static final String WHY = "devopspack.why";

    /// Enough for an assistant that tries again with an old token; too few for noise.
    private static final int FAILURES_A_MINUTE = 60;

    /// Two hundred a second: ten times what a busy assistant does, far below what one server takes.
    private static final String CALLS_A_MINUTE = "12000";

    private static final String SCHEME = "Bearer ";

    private static final String RETRY_AFTER_SECONDS = "5";

    private static final String ASK_AGAIN =
            "<!doctype html><html lang=\"en\"><title>DevOps Pack</title>"
                    + "<meta http-equiv=\"refresh\" content=\"0\"><p>One moment.";

    private final SessionCookie cookies;
    private final Outages outages;
    private final RateLimit failures;
    private final RateLimit calls;
    private final int callsAMinute;
    private final CompanyAccess company;
    private final Addresses addresses;
    private final KnownTokens known;

    Knocking(
            SessionCookie cookies,
            Outages outages,
            CompanyAccess company,
            Addresses addresses,
            KnownTokens known,
            @ConfigProperty(name = "devopspack.calls-a-minute", defaultValue = CALLS_A_MINUTE)
                    int callsAMinute,
            Clock clock) {
        this.callsAMinute = callsAMinute;
        this.calls = new RateLimit(clock, Duration.ofMinutes(1), callsAMinute);
        this.company = company;
        this.addresses = addresses;
        this.known = known;
        this.cookies = cookies;
        this.outages = outages;
        this.failures = new RateLimit(clock, Duration.ofMinutes(1), FAILURES_A_MINUTE);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager providers) {
        HttpServerRequest request = context.request();
        Realm realm = Realm.of(request);
        String secret =
                switch (realm) {
                    case TOKENS -> bearer(request);
                    case PAGES -> cookie(request);
                    case OPEN, HOOKS -> null;
                };
        if (secret == null) {
            return Uni.createFrom().nullItem();
        }
        Uni<SecurityIdentity> found = providers.authenticate(new Proof(realm, secret));
        // An ended session is no offence: the page leads to sign-in.
        Uni<SecurityIdentity> asked =
                realm == Realm.PAGES
                        ? found.onFailure(AuthenticationFailedException.class).recoverWithNull()
                        : found.onFailure(AuthenticationFailedException.class)
                                .invoke(refused -> keepWhy(context, secret, refused));
        return asked.onFailure(failure -> outages.of(failure).isPresent())
                .recoverWithUni(failure ->
                        collector(request, secret)
                                .map(known -> Uni.createFrom().item(known))
                                .orElseGet(() -> unknowable(context, failure)))
                .onItem()
                .ifNotNull()
                .transformToUni(identity -> counted(context, realm, identity));
    }

    /// A caller that is known and calls more often than any assistant or pipeline works is told to
    /// wait, so that it takes no time from the others.
    private Uni<SecurityIdentity> counted(
            RoutingContext context, Realm realm, SecurityIdentity identity) {
        if (realm != Realm.TOKENS || calls.allows(identity.getPrincipal().getName())) {
            return Uni.createFrom().item(identity);
        }
        Refusal.of(
                        429,
                        "Authorization",
                        "this token called more than " + callsAMinute + " times in a minute",
                        "Wait a minute; ask once for a list instead of often for each.",
                        Map.of("Retry-After", String.valueOf(calls.windowSeconds())))
                .send(context);
        return Uni.createFrom().nothing();
    }

    /// Whoever watches the server shall see an outage: his token counts as it last did, for the
    /// numbers alone. What a platform vouches for says itself when it ends, and is not remembered.
    private Optional<SecurityIdentity> collector(HttpServerRequest request, String secret) {
        return Realm.pathOf(request).equals(Realm.METRICS) && !Workloads.looksLikeOne(secret)
                ? known.remembered(Digest.of(secret))
                : Optional.empty();
    }

    /// Nobody can be known while the store is away: the answer ends here, and nothing goes on.
    private Uni<SecurityIdentity> unknowable(RoutingContext context, Throwable failure) {
        StoreUnavailable outage = outages.of(failure).orElseThrow();
        LOG.errorf("nobody is known while the %s is out of order", outage.where());
        Refusal.of(
                        503,
                        outage.where(),
                        outage.problem(),
                        outage.mend(),
                        Map.of("Retry-After", RETRY_AFTER_SECONDS))
                .send(context);
        return Uni.createFrom().nothing();
    }

    /// A job is told what is wrong with its token; who guesses at tokens of ours is told nothing.
    private static void keepWhy(RoutingContext context, String secret, Throwable refused) {
        if (Workloads.looksLikeOne(secret)) {
            context.put(WHY, Hidden.marked(String.valueOf(refused.getMessage())));
        }
    }

    private static @Nullable String bearer(HttpServerRequest request) {
        List<String> values = request.headers().getAll("Authorization");
        if (values.size() != 1 || !values.getFirst().regionMatches(true, 0, SCHEME, 0, 7)) {
            return null;
        }
        String secret = values.getFirst().substring(SCHEME.length()).strip();
        boolean usable =
                !secret.isEmpty()
                        && (secret.length() <= MAX_SECRET_LENGTH || Workloads.looksLikeOne(secret));
        return usable ? secret : null;
    }

    private @Nullable String cookie(HttpServerRequest request) {
        Set<Cookie> cookies = request.cookies(this.cookies.name(request.localAddress().port()));
        // Two of one name: somebody planted one, and nobody knows which.
        if (cookies.size() != 1) {
            return null;
        }
        String secret = cookies.iterator().next().getValue();
        return secret.isEmpty() || secret.length() > MAX_SECRET_LENGTH ? null : secret;
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        Refusal refusal = refusal(context);
        Map<CharSequence, String> headers = new HashMap<>(refusal.headers());
        return Uni.createFrom().item(new ChallengeData(refusal.status(), headers));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        refusal(context).send(context);
        return Uni.createFrom().item(true);
    }

    /// What a caller is told whom nobody knows.
    public Refusal refusal(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (Realm.of(request) == Realm.TOKENS) {
            return noToken(context);
        }
        return request.method().equals(HttpMethod.GET)
                ? toSignIn(request)
                : Refusal.of(401, "session", "nobody is signed in", "Open /sign-in and sign in.");
    }

    private Refusal noToken(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean shown = request.headers().contains("Authorization");
        if (shown && !failures.allows(request.remoteAddress().hostAddress())) {
            return Refusal.of(
                    429,
                    "Authorization",
                    "too many calls with a token that is not valid",
                    "Mend the token and wait a minute.",
                    Map.of("Retry-After", String.valueOf(failures.windowSeconds())));
        }
        String why = context.get(WHY);
        if (why != null) {
            return Refusal.of(
                    401,
                    "Authorization",
                    why,
                    "Ask for a token with this server's audience: a pipeline that is configured asks"
                            + " its platform, an assistant the identity provider.",
                    challenge(request));
        }
        return Refusal.of(
                401,
                "Authorization",
                shown
                        ? "the token is unknown, expired or revoked"
                        : "the request carries no bearer token",
                "Send 'Authorization: Bearer dpk_…'. A signed-in person makes a token on the page"
                        + " /access; a trial server prints one when it starts.",
                challenge(request));
    }

    /// Where there is an identity provider, a client finds it by the metadata (RFC 9728).
    private Map<String, String> challenge(HttpServerRequest request) {
        String bearer = "Bearer realm=\"DevOps Pack\"";
        return Map.of(
                "WWW-Authenticate",
                company.settings().isEmpty()
                        ? bearer
                        : bearer
                                + ", resource_metadata=\""
                                + addresses.pageOrigin(request.localAddress().port())
                                + Realm.RESOURCE_METADATA
                                + "\"");
    }

    /// A link from a chat or a mail comes without the strict cookie: the page is asked for once
    /// more from itself, which sends it.
    private static Refusal toSignIn(HttpServerRequest request) {
        if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            return new Refusal(200, Map.of("Content-Type", "text/html; charset=utf-8"), ASK_AGAIN);
        }
        String next = URLEncoder.encode(request.uri(), StandardCharsets.UTF_8);
        return Refusal.elsewhere(303, "/sign-in?next=" + next);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(Proof.class);
    }
}
