package dev.devopspack.web;

import dev.devopspack.identity.Sessions;
import dev.devopspack.identity.company.CompanyAccess;
import dev.devopspack.identity.company.CompanyLogin;
import dev.devopspack.identity.company.CompanySettings;
import dev.devopspack.web.guard.Addresses;
import dev.devopspack.web.guard.RateLimit;
import dev.devopspack.web.guard.SessionCookie;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signing in with the company's identity provider, and what MCP's clients must know of it.
@Path("/")
@Singleton
@RunOnVirtualThread
public class CompanyResource {

    /// The people of a company may all come from one address; what is guessed here has 256 bits.
    private static final int ATTEMPTS_A_MINUTE = 120;

    private static final String CALLBACK = "/sign-in/company/callback";

    private final CompanyLogin login;
    private final CompanyAccess access;
    private final Sessions sessions;
    private final SessionCookie cookies;
    private final Addresses addresses;
    private final RateLimit attempts;

    CompanyResource(
            CompanyLogin login,
            CompanyAccess access,
            Sessions sessions,
            SessionCookie cookies,
            Addresses addresses,
            Clock clock) {
        this.login = login;
        this.access = access;
        this.sessions = sessions;
        this.cookies = cookies;
        this.addresses = addresses;
        this.attempts = new RateLimit(clock, Duration.ofMinutes(1), ATTEMPTS_A_MINUTE);
    }

    @GET
    @Path("sign-in/company")
    @PermitAll
    public Response begin(
            @QueryParam("next") @DefaultValue("/") String next, @Context RoutingContext context) {
        count(context);
        String redirect = addresses.pageOrigin(port(context)) + CALLBACK;
        return switch (login.begin(SignInResource.ownPath(next), redirect)) {
            case CompanyLogin.Begun.At at ->
                    Response.seeOther(URI.create(at.address()))
                            .header(
                                    "Set-Cookie",
                                    cookies.beginCompany(
                                            at.browser(), CompanyLogin.VALID, port(context)))
                            .build();
            case CompanyLogin.Begun.Refused refused ->
                    throw Conflict.closed("sign-in", refused.problem(), refused.mend());
        };
    }

    @GET
    @Path("sign-in/company/callback")
    @PermitAll
    public Response callback(
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("code") @DefaultValue("") String code,
            @QueryParam("iss") @Nullable String issuer,
            @Context RoutingContext context) {
        count(context);
        int port = port(context);
        CompanyLogin.Ended ended = login.finish(state, code, issuer, browser(context, port));
        return switch (ended) {
            case CompanyLogin.Ended.SignedIn in -> {
                // Who signs in anew leaves the session that this browser had.
                context.request()
                        .cookies(cookies.name(port))
                        .forEach(c -> sessions.end(c.getValue()));
                String next = in.enrolment() == null ? in.next() : "/enrol/" + in.enrolment();
                yield Response.seeOther(URI.create(next))
                        .header(
                                "Set-Cookie",
                                cookies.begin(in.session().secret(), Sessions.LONGEST, port))
                        .header("Set-Cookie", cookies.endCompany(port))
                        .build();
            }
            case CompanyLogin.Ended.Refused refused ->
                    throw Conflict.forbidden("sign-in", refused.problem(), refused.mend());
        };
    }

    private String browser(RoutingContext context, int port) {
        Set<Cookie> found = context.request().cookies(cookies.companyName(port));
        return found.size() == 1 ? found.iterator().next().getValue() : "";
    }

    /// Who lets clients of MCP in: RFC 9728.
    @GET
    @Path(".well-known/oauth-protected-resource/mcp")
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    public String resource() {
        CompanySettings settings =
                access.settings()
                        .orElseThrow(() ->
                                Conflict.missing(
                                        "identity provider",
                                        "none is configured: clients use tokens of this server",
                                        "Make a token on the page /access."));
        return new JsonObject()
                .put("resource", settings.resource())
                .put("authorization_servers", new JsonArray(List.of(settings.issuer())))
                .put("scopes_supported", new JsonArray(CompanyAccess.scopes()))
                .put("bearer_methods_supported", new JsonArray(List.of("header")))
                .put("resource_name", "DevOps Pack")
                .encode();
    }

    /// The same at the general address, for clients that know only that.
    @GET
    @Path(".well-known/oauth-protected-resource")
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    public String generalResource() {
        return resource();
    }

    private void count(RoutingContext context) {
        if (!attempts.allows(context.request().remoteAddress().hostAddress())) {
            throw Conflict.tooMany(
                    "sign-in",
                    "too many attempts from your address",
                    "Wait a minute, then try again.");
        }
    }

    private static int port(RoutingContext context) {
        HttpServerRequest request = context.request();
        return request.localAddress().port();
    }
}
