package dev.devopspack.web;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.Decision;
import dev.devopspack.approval.Decisions;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// Where the browser of a signed-in person hands a decision in. No token reaches this path, and
/// none has the role.
@Path("/change-sets/{id}/decision")
@Singleton
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DecisionResource {

    private final Decisions decisions;
    private final Approvals approvals;
    private final Caller caller;

    DecisionResource(Decisions decisions, Approvals approvals, Caller caller) {
        this.caller = caller;
        this.decisions = decisions;
        this.approvals = approvals;
    }

    @POST
    @Path("options")
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_DELEGATE})
    public String options(@PathParam("id") String id, String body) {
        JsonBody json = JsonBody.of(body);
        Decisions.Options options =
                decisions.options(request(id, json), caller.principal(), choice(json));
        return switch (options) {
            case Decisions.Options.Ready ready ->
                    new JsonObject().put("options", new JsonObject(ready.json())).encode();
            case Decisions.Options.Refused refused -> throw Conflict.of(refused.refusal());
        };
    }

    @POST
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_DELEGATE})
    public String decide(@PathParam("id") String id, String body) {
        JsonBody json = JsonBody.of(body);
        Decisions.Result result =
                decisions.decide(
                        request(id, json),
                        caller.principal(),
                        choice(json),
                        json.optionalText("reason"),
                        json.object("credential"),
                        new Digest(json.text("displayedDigest")));
        return switch (result) {
            case Decisions.Result.Recorded recorded ->
                    new JsonObject()
                            .put("status", recorded.approval().status().name())
                            .put("auditEntry", recorded.decision().auditSequence())
                            .encode();
            case Decisions.Result.Refused refused -> throw Conflict.of(refused.refusal());
        };
    }

    /// The request that the page showed: it must be one of this change set.
    private ApprovalId request(String changeSet, JsonBody json) {
        ApprovalId request = new ApprovalId(json.text("request"));
        boolean fits =
                approvals
                        .find(request)
                        .filter(approval ->
                                approval.request().changeSet().equals(new ChangeSetId(changeSet)))
                        .isPresent();
        if (!fits) {
            throw Conflict.missing(
                    "/request",
                    "this change set has no such request",
                    "Load the page again and read what is asked now.");
        }
        return request;
    }

    private static Decision.Choice choice(JsonBody json) {
        return switch (json.text("decision")) {
            case "APPROVE" -> Decision.Choice.APPROVE;
            case "DENY" -> Decision.Choice.DENY;
            default ->
                    throw new InvalidInput(
                            "/decision", "this is no decision", "Send APPROVE or DENY.");
        };
    }
}
