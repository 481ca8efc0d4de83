package dev.devopspack.web;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.pause.KillSwitch;
import dev.devopspack.approval.pause.Pause;
import dev.devopspack.approval.pause.PauseScope;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.manager.Catalogue;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// The page of the kill switch. No token reaches this path; each pause and each lift is signed with
/// a passkey.
@Path("/pauses")
@Singleton
@RunOnVirtualThread
public class PauseResource {

    /// What a person looks through; the audit log has all of them.
    private static final int LISTED = 100;

    private final KillSwitch killSwitch;
    private final Pauses pauses;
    private final Catalogue catalogue;
    private final ApprovalPolicy policy;
    private final Names names;
    private final Clock clock;
    private final Shells shells;
    private final Caller caller;

    PauseResource(
            KillSwitch killSwitch,
            Pauses pauses,
            Catalogue catalogue,
            ApprovalPolicy policy,
            Names names,
            Clock clock,
            Shells shells,
            Caller caller) {
        this.killSwitch = killSwitch;
        this.pauses = pauses;
        this.catalogue = catalogue;
        this.policy = policy;
        this.names = names;
        this.clock = clock;
        this.shells = shells;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance show() {
        List<Pause> newest = pauses.newest(LISTED);
        return Pages.pauses(
                shells.of("Kill switch"),
                new PausesPage(
                        pauses.active().stream().map(this::row).toList(),
                        newest.stream().filter(pause -> !pause.active()).map(this::row).toList(),
                        caller.may(Access.PERSON_ADMIN),
                        catalogue.agents().stream().map(Catalogue.Agent::name).toList(),
                        policy.environments().keySet().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList()));
    }

    private PausesPage.Row row(Pause pause) {
        Instant now = clock.instant();
        Ended lifted = pause.lifted();
        return new PausesPage.Row(
                pause.id(),
                pause.scope().words(),
                names.ofPerson(pause.by().toString()),
                Moment.of(pause.since(), now),
                pause.reason(),
                lifted == null
                        ? ""
                        : names.ofPerson(lifted.by().toString())
                                + ", "
                                + Moment.of(lifted.at(), now).utc());
    }

    @POST
    @Path("options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_ADMIN)
    public String preparePause(String body) {
        JsonBody json = JsonBody.of(body);
        return SignedForms.toSign(
                killSwitch.preparePause(caller.principal(), scope(json), json.text("reason")));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_ADMIN)
    public String pause(String body) {
        return answer(killSwitch.pause(caller.principal(), SignedForms.signature(body)));
    }

    @POST
    @Path("lift/options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_ADMIN)
    public String prepareLift(String body) {
        JsonBody json = JsonBody.of(body);
        return SignedForms.toSign(
                killSwitch.prepareLift(
                        caller.principal(), json.text("pause"), json.text("reason")));
    }

    @POST
    @Path("lift")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_ADMIN)
    public String lift(String body) {
        return answer(killSwitch.lift(caller.principal(), SignedForms.signature(body)));
    }

    private static String answer(Result<Pause> result) {
        return SignedForms.answer(
                result,
                pause -> new JsonObject().put("pause", pause.id()).put("active", pause.active()));
    }

    private static PauseScope scope(JsonBody json) {
        return switch (json.text("scope")) {
            case "everything" -> PauseScope.EVERYTHING;
            case "agent" -> new PauseScope(PauseScope.Kind.AGENT, json.text("agent"));
            case "environment" ->
                    new PauseScope(PauseScope.Kind.ENVIRONMENT, json.text("environment"));
            default ->
                    throw new InvalidInput(
                            "/scope",
                            "this is nothing that can be paused",
                            "Send everything, agent or environment.");
        };
    }
}
