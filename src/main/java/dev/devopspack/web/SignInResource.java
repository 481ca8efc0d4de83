package dev.devopspack.web;

import dev.devopspack.identity.Enrolment;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.Sessions;
import dev.devopspack.identity.company.CompanyLogin;
import dev.devopspack.web.guard.Caller;
import dev.devopspack.web.guard.RateLimit;
import dev.devopspack.web.guard.SessionCookie;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Enrolling a passkey, signing in with it and out again.
@Path("/")
@Singleton
@RunOnVirtualThread
public class SignInResource {

    /// A person tries a few times; a program that guesses tries more often.
    private static final String ATTEMPTS_A_MINUTE = "30";

    private final dev.devopspack.identity.SignIn signIn;
    private final Enrolment enrolment;
    private final Sessions sessions;
    private final SessionCookie cookies;
    private final CompanyLogin company;
    private final RateLimit attempts;
    private final Shells shells;
    private final Caller caller;

    SignInResource(
            dev.devopspack.identity.SignIn signIn,
            Enrolment enrolment,
            Sessions sessions,
            SessionCookie cookies,
            CompanyLogin company,
            @ConfigProperty(name = "devopspack.sign-ins-a-minute", defaultValue = ATTEMPTS_A_MINUTE)
                    int attemptsAMinute,
            Clock clock,
            Shells shells,
            Caller caller) {
        this.shells = shells;
        this.caller = caller;
        this.signIn = signIn;
        this.enrolment = enrolment;
        this.sessions = sessions;
        this.cookies = cookies;
        this.company = company;
        this.attempts = new RateLimit(clock, Duration.ofMinutes(1), attemptsAMinute);
    }

    @GET
    @Path("sign-in")
    @Produces(MediaType.TEXT_HTML)
    @PermitAll
    public Response signInPage(@QueryParam("next") @DefaultValue("/") String next) {
        String onTo = ownPath(next);
        // Another tab has signed in meanwhile.
        return caller.known()
                ? Response.seeOther(URI.create(onTo)).build()
                : Response.ok(
                                Pages.signIn(
                                        shells.bare("Sign in"),
                                        new SignIn(onTo, company.offered())))
                        .build();
    }

    @POST
    @Path("sign-in/options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    public String signInOptions(@Context RoutingContext context) {
        count(context);
        return options(signIn.options());
    }

    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    public Response signIn(String body, @Context RoutingContext context) {
        count(context);
        return switch (signIn.finish(JsonBody.of(body).object("credential"))) {
            case dev.devopspack.identity.SignIn.Result.SignedIn in -> begun(in.session(), context);
            case dev.devopspack.identity.SignIn.Result.Refused refused ->
                    throw Conflict.forbidden("passkey", refused.problem(), refused.mend());
        };
    }

    @GET
    @Path("enrol/{link}")
    @Produces(MediaType.TEXT_HTML)
    @PermitAll
    public TemplateInstance enrolPage(
            @PathParam("link") String link, @Context RoutingContext context) {
        count(context);
        Person invited = enrolment.invited(link).orElseThrow(SignInResource::uselessLink);
        return Pages.enrol(shells.bare("Enrol"), new Enrol(link, invited.displayName()));
    }

    @POST
    @Path("enrol/options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    public String enrolOptions(String body, @Context RoutingContext context) {
        count(context);
        return enrolment
                .options(JsonBody.of(body).text("link"))
                .map(SignInResource::options)
                .orElseThrow(SignInResource::uselessLink);
    }

    @POST
    @Path("enrol")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    public Response enrol(String body, @Context RoutingContext context) {
        count(context);
        JsonBody json = JsonBody.of(body);
        Enrolment.Result result =
                enrolment.register(
                        json.text("link"),
                        json.optionalText("name"),
                        json.text("label"),
                        json.object("credential"));
        return switch (result) {
            case Enrolment.Result.Enrolled enrolled -> begun(enrolled.session(), context);
            case Enrolment.Result.Refused refused ->
                    throw Conflict.forbidden("passkey", refused.problem(), refused.mend());
        };
    }

    private static Conflict uselessLink() {
        return Conflict.missing(
                "link",
                "this enrolment link is unknown, used or expired",
                "Ask an administrator for a new one; as long as nobody is enrolled, a start of the"
                        + " server prints one.");
    }

    @POST
    @Path("sign-out")
    @PermitAll
    public Response signOut(@Context RoutingContext context) {
        int port = port(context.request());
        context.request().cookies(cookies.name(port)).forEach(c -> sessions.end(c.getValue()));
        return Response.seeOther(URI.create("/sign-in"))
                .header("Set-Cookie", cookies.end(port))
                .build();
    }

    private Response begun(Sessions.Started session, RoutingContext context) {
        int port = port(context.request());
        // Who signs in anew leaves the session that this browser had.
        context.request().cookies(cookies.name(port)).forEach(c -> sessions.end(c.getValue()));
        return Response.ok(new JsonObject().put("signedIn", true).encode())
                .header("Set-Cookie", cookies.begin(session.secret(), Sessions.LONGEST, port))
                .build();
    }

    private void count(RoutingContext context) {
        if (!attempts.allows(context.request().remoteAddress().hostAddress())) {
            throw Conflict.tooMany(
                    "sign-in",
                    "too many attempts from your address",
                    "Wait a minute, then try again.");
        }
    }

    private static String options(String publicKeyOptions) {
        return new JsonObject().put("options", new JsonObject(publicKeyOptions)).encode();
    }

    /// A page of ours to go on to; anything else is the overview.
    static String ownPath(String next) {
        boolean own =
                next.startsWith("/")
                        && !next.startsWith("//")
                        && next.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
        return own ? next : "/";
    }

    private static int port(HttpServerRequest request) {
        return request.localAddress().port();
    }
}
