package dev.devopspack.web;

import dev.devopspack.change.Outages;
import dev.devopspack.change.StoreUnavailable;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.manager.Paused;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Knocking;
import dev.devopspack.web.guard.Realm;
import dev.devopspack.web.guard.Refusal;
import dev.devopspack.web.guard.StaleForm;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/// Turns what went wrong into the answer that teaches: a page for people who navigate, JSON for
/// everybody else.
class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    /// An outage is mended by people or a restart: neither takes less.
    private static final int RETRY_AFTER_SECONDS = 5;

    /// What people type at length: a task, a file to scan.
    private static final List<String> LONG_FIELDS = List.of("task", "text");

    private final RoutingContext context;
    private final Shells shells;
    private final Knocking knocking;
    private final Outages outages;

    @Inject
    Refusals(RoutingContext context, Shells shells, Knocking knocking, Outages outages) {
        this.context = context;
        this.shells = shells;
        this.knocking = knocking;
        this.outages = outages;
    }

    @ServerExceptionMapper
    Response badInput(InvalidInput refused) {
        return answer(400, Problem.of(refused));
    }

    @ServerExceptionMapper
    Response paused(Paused refused) {
        return answer(
                409,
                new Problem(
                        refused.where(),
                        refused.problem(),
                        refused.mend(),
                        null,
                        dev.devopspack.approval.Refusal.Code.PAUSED.name()));
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowed refused) {
        return answer(403, Problem.of("person", refused.problem(), refused.mend()));
    }

    @ServerExceptionMapper
    Response conflict(Conflict refused) {
        return answer(refused.status(), refused.problem());
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unknown(RuntimeException unknown) {
        if (wantsPage() && !context.request().method().equals(HttpMethod.GET)) {
            return page(signedOut(401, List.of()));
        }
        Refusal refusal = knocking.refusal(context);
        Response.ResponseBuilder response =
                Response.status(refusal.status()).entity(refusal.body());
        refusal.headers().forEach(response::header);
        return response.build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException refused) {
        return answer(
                403,
                Problem.of(
                        "role",
                        "you may not do this",
                        "Ask an administrator for the role, or somebody who has it."));
    }

    /// What was typed into a form of a session that has ended is given back.
    @ServerExceptionMapper
    Response stale(StaleForm refused) {
        if (!wantsPage()) {
            return answer(
                    403,
                    Problem.of(
                            "csrf",
                            "the request does not come from a page of this session",
                            "Load the page again and repeat the step."));
        }
        return refused.signedIn()
                ? page(
                        new ErrorPage(
                                403,
                                "this form belongs to an earlier session",
                                "Nothing was done. Open the page again and repeat the step.",
                                path(),
                                kept(),
                                ErrorPage.OVERVIEW))
                : page(signedOut(403, kept()));
    }

    private ErrorPage signedOut(int status, List<String> kept) {
        return new ErrorPage(
                status,
                "you are not signed in any more",
                "Nothing was done. Sign in, then repeat the step.",
                path(),
                kept,
                new ErrorPage.Link("/sign-in", "Sign in"));
    }

    private static List<String> kept() {
        return LONG_FIELDS.stream()
                .map(field -> CurrentRequestManager.get().getFormParameter(field, true, false))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank())
                .map(text -> text.replace("\r\n", "\n"))
                .toList();
    }

    @ServerExceptionMapper
    Response http(WebApplicationException refused) {
        int status = refused.getResponse().getStatus();
        return switch (status) {
            case 404 ->
                    answer(
                            status,
                            Problem.of(
                                    path(),
                                    "there is nothing at this address",
                                    "Look for it from the overview."));
            case 405 ->
                    answer(
                            status,
                            Problem.of(
                                    "method",
                                    "this address is not asked that way",
                                    "Look up the method in the reference."));
            case 415 ->
                    answer(
                            status,
                            Problem.of(
                                    "Content-Type",
                                    "this type of body is not read here",
                                    "Send application/json, or application/yaml for a task."));
            default ->
                    answer(
                            status,
                            Problem.of(
                                    "request",
                                    "the request could not be read",
                                    "Compare it with the reference."));
        };
    }

    /// What could not be remembered was not done: the same call works again later.
    @ServerExceptionMapper
    Response unavailable(StoreUnavailable outage) {
        LOG.errorf("refused while the %s is out of order: path=%s", outage.where(), path());
        return Response.fromResponse(
                        answer(503, Problem.of(outage.where(), outage.problem(), outage.mend())))
                .header("Retry-After", RETRY_AFTER_SECONDS)
                .build();
    }

    @ServerExceptionMapper
    Response broken(RuntimeException failure) {
        Optional<StoreUnavailable> outage = outages.of(failure);
        if (outage.isPresent()) {
            return unavailable(outage.get());
        }
        String incident = UUID.randomUUID().toString();
        LOG.errorf(failure, "request failed: incident=%s path=%s", incident, path());
        return answer(
                500,
                Problem.of(
                        "server",
                        "the server could not do this: incident " + incident,
                        "Try again; if it stays, give the incident's number to the operator."));
    }

    private String path() {
        return Realm.pathOf(context.request());
    }

    private boolean wantsPage() {
        String accept = context.request().getHeader("Accept");
        return Realm.of(context.request()) == Realm.PAGES
                && accept != null
                && accept.contains("text/html");
    }

    private Response answer(int status, Problem problem) {
        return wantsPage()
                ? page(new ErrorPage(status, problem))
                : Response.status(status)
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(new Problem.Body(problem))
                        .build();
    }

    private Response page(ErrorPage page) {
        return Response.status(page.status())
                .type(MediaType.TEXT_HTML_TYPE)
                .entity(Pages.error(shells.plain("That did not work"), page))
                .build();
    }
}
