package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.Grants;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.change.Digest;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a pipeline does with a grant: hold it, use it up once, say how it went. Nothing here
/// decides.
@Path("/")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalApi {

    private final Grants grants;
    private final Approvals approvals;
    private final Clock clock;
    private final Caller caller;

    ApprovalApi(Grants grants, Approvals approvals, Clock clock, Caller caller) {
        this.caller = caller;
        this.grants = grants;
        this.approvals = approvals;
        this.clock = clock;
    }

    /// The keys that grants are verified with offline, for anybody.
    @GET
    @Path(".well-known/devops-pack/jwks.json")
    @PermitAll
    public String keys() {
        return grants.keys().jwks();
    }

    @GET
    @Path("api/v1/verify-keys")
    @RolesAllowed(Access.TOKEN)
    public String keysForTokens() {
        return grants.keys().jwks();
    }

    @GET
    @Path("api/v1/approvals/{id}")
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER, Access.TOKEN_PIPELINE})
    public String status(@PathParam("id") String id) {
        return approvals
                .find(new ApprovalId(id))
                .map(this::document)
                .orElseThrow(ApprovalApi::missing);
    }

    /// A release of the same stack to the same environment.
    ///
    /// @param status CONSUMED, SUCCEEDED, FAILED or UNKNOWN
    public record Earlier(String approval, String changeSet, String status) {}

    /// The other releases of the same stack to the same environment, what was reported last first:
    /// a pipeline learns from them what to return to.
    @GET
    @Path("api/v1/approvals/{id}/earlier")
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER, Access.TOKEN_PIPELINE})
    public List<Earlier> earlier(@PathParam("id") String id) {
        return approvals.earlier(new ApprovalId(id)).orElseThrow(ApprovalApi::missing).stream()
                .map(approval ->
                        new Earlier(
                                approval.request().id().value(),
                                approval.request().changeSet().value(),
                                approval.status().name()))
                .toList();
    }

    private static Conflict missing() {
        return Conflict.missing(
                "approval",
                "there is no such approval",
                "Use the id from the answer that opened it.");
    }

    @GET
    @Path("api/v1/approvals/{id}/grant")
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER, Access.TOKEN_PIPELINE})
    public Response grant(@PathParam("id") String id) {
        ApprovalId approval = new ApprovalId(id);
        return grants.envelope(approval)
                .map(envelope -> Downloads.grant(approval, envelope))
                .orElseThrow(() ->
                        Conflict.missing(
                                "grant",
                                "there is no grant",
                                "It is signed when enough people have approved on the page."));
    }

    @POST
    @Path("api/v1/approvals/{id}/reserve")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_PIPELINE)
    public String reserve(@PathParam("id") String id, String body) {
        return answer(grants.reserve(caller.principal(), claim(id, body)));
    }

    @POST
    @Path("api/v1/approvals/{id}/consume")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_PIPELINE)
    public String consume(@PathParam("id") String id, String body) {
        return answer(grants.consume(caller.principal(), claim(id, body)));
    }

    /// Whether `consume` would be done now; changes nothing.
    @POST
    @Path("api/v1/approvals/{id}/verify")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_PIPELINE)
    public String verify(@PathParam("id") String id, String body) {
        return answer(grants.check(caller.principal(), claim(id, body)));
    }

    @POST
    @Path("api/v1/approvals/{id}/release")
    @RolesAllowed(Access.TOKEN_PIPELINE)
    public String release(@PathParam("id") String id) {
        return answer(grants.release(caller.principal(), new ApprovalId(id)));
    }

    @POST
    @Path("api/v1/approvals/{id}/outcome")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_PIPELINE)
    public String outcome(@PathParam("id") String id, String body) {
        JsonBody json = JsonBody.of(body);
        String note = json.optionalText("note");
        return answer(
                grants.report(
                        caller.principal(),
                        new ApprovalId(id),
                        outcome(json),
                        note == null ? "" : note));
    }

    private static Grants.Outcome outcome(JsonBody json) {
        return switch (json.text("outcome").toUpperCase(Locale.ROOT)) {
            case "SUCCEEDED" -> Grants.Outcome.SUCCEEDED;
            case "FAILED" -> Grants.Outcome.FAILED;
            case "UNKNOWN" -> Grants.Outcome.UNKNOWN;
            default ->
                    throw new InvalidInput(
                            "/outcome", "this is no outcome", "Send succeeded, failed or unknown.");
        };
    }

    private static Grants.Claim claim(String id, String body) {
        JsonBody json = JsonBody.of(body);
        String plan = json.optionalText("plan");
        return new Grants.Claim(
                new ApprovalId(id),
                new Digest(json.text("digest")),
                new Environment(json.text("environment")),
                files(json),
                plan == null ? null : new Digest(plan));
    }

    private static PresentedFiles files(JsonBody json) {
        if (!(json.json().getValue("files") instanceof JsonObject files)) {
            throw new InvalidInput(
                    "/files",
                    "it is missing or no object",
                    "Send the sha256 of every file that will be used, by its name.",
                    "{\"main.tf\": \"sha256:…\"}");
        }
        Map<String, Digest> digests = new HashMap<>();
        for (String name : files.fieldNames()) {
            digests.put(name, new Digest(new JsonBody(files).text(name)));
        }
        return PresentedFiles.of(digests);
    }

    private String answer(Grants.Used used) {
        return switch (used) {
            case Grants.Used.Done done -> document(done.approval());
            case Grants.Used.Refused refused -> throw Conflict.of(refused.refusal());
        };
    }

    private String document(Approval approval) {
        JsonObject document =
                new JsonObject()
                        .put("id", approval.request().id().value())
                        .put("changeSet", approval.request().changeSet().value())
                        .put("digest", approval.request().digest().value())
                        .put("environment", approval.request().environment().value())
                        .put("status", approval.statusAt(clock.instant()).name())
                        .put("decideBy", approval.request().decideBy().toString());
        if (approval.window() != null) {
            document.put("executeBy", approval.window().executeBy().toString());
        }
        if (!approval.note().isEmpty()) {
            document.put("note", approval.note());
        }
        return document.encode();
    }
}
