package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.BatchDecisions;
import dev.devopspack.approval.BatchProof;
import dev.devopspack.approval.Decisions;
import dev.devopspack.approval.ReadingTimes;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.manager.ChangeSetView;
import dev.devopspack.manager.Manager;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a signed-in person approves several requests with one signature. No token reaches this
/// path, and none has the role.
@Path("/together")
@Singleton
@RunOnVirtualThread
public class BatchResource {

    /// As far as the page looks for those that the reader may decide.
    private static final int LOOKED_AT = 200;

    private final Decisions decisions;
    private final Approvals approvals;
    private final Manager manager;
    private final ReadingTimes readingTimes;
    private final Rows rows;
    private final Clock clock;
    private final Shells shells;
    private final Caller caller;

    BatchResource(
            Decisions decisions,
            Approvals approvals,
            Manager manager,
            ReadingTimes readingTimes,
            Rows rows,
            Clock clock,
            Shells shells,
            Caller caller) {
        this.decisions = decisions;
        this.approvals = approvals;
        this.manager = manager;
        this.readingTimes = readingTimes;
        this.rows = rows;
        this.clock = clock;
        this.shells = shells;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_DELEGATE})
    public TemplateInstance show(@QueryParam("stack") @Nullable String stack) {
        String only = stack == null ? "" : stack.strip();
        Principal reader = caller.principal();
        List<Approval> waiting =
                approvals.pending(LOOKED_AT).stream()
                        .filter(approval ->
                                only.isEmpty() || approval.request().stack().value().equals(only))
                        .filter(approval ->
                                decisions.barred(approval.request().id(), reader).isEmpty())
                        .toList();
        List<Approval> shown = waiting.stream().limit(BatchProof.MOST).toList();
        seen(shown, reader);
        return Pages.together(
                shells.of("Decide several"),
                new BatchPage(
                        shown.stream().map(this::row).toList(),
                        Hidden.marked(only),
                        waiting.size() - shown.size(),
                        BatchProof.MOST));
    }

    private BatchPage.Row row(Approval approval) {
        Instant now = clock.instant();
        ApprovalRequest request = approval.request();
        ChangeSetView view = manager.view(request.changeSet());
        return new BatchPage.Row(
                request.id().value(),
                request.changeSet().value(),
                ChangeSetId.code(request.digest()),
                request.stack().value(),
                request.environment().value(),
                rows.askedBy(request.requester().person()),
                Moment.of(request.createdAt(), now),
                Moment.of(request.decideBy(), now),
                ChangeSetPages.glance(view),
                request.rendering().text(),
                DigestMark.of(request.rendering().digest()));
    }

    /// From now on he reads them, as on their own pages.
    private void seen(List<Approval> shown, Principal reader) {
        PersonId person = reader.person();
        if (person != null) {
            shown.forEach(approval ->
                    readingTimes.seen(approval.request().id(), person, clock.instant()));
        }
    }

    @POST
    @Path("options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_DELEGATE})
    public String options(String body) {
        List<ApprovalId> ids =
                requests(JsonBody.of(body)).stream()
                        .map(each -> new ApprovalId(each.text("request")))
                        .toList();
        return switch (decisions.together().options(ids, caller.principal())) {
            case BatchDecisions.Options.Ready ready ->
                    new JsonObject().put("options", new JsonObject(ready.json())).encode();
            case BatchDecisions.Options.Refused refused -> throw Conflict.of(refused.refusal());
        };
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_DELEGATE})
    public String decide(String body) {
        JsonBody json = JsonBody.of(body);
        BatchDecisions.Result result =
                decisions
                        .together()
                        .decide(displayed(json), caller.principal(), json.object("credential"));
        return switch (result) {
            case BatchDecisions.Result.Recorded recorded ->
                    new JsonObject()
                            .put(
                                    "decided",
                                    new JsonArray(
                                            recorded.each().stream()
                                                    .map(BatchResource::answer)
                                                    .toList()))
                            .encode();
            case BatchDecisions.Result.Refused refused -> throw Conflict.of(refused.refusal());
        };
    }

    private static JsonObject answer(Decisions.Result.Recorded recorded) {
        return new JsonObject()
                .put("request", recorded.approval().request().id().value())
                .put("status", recorded.approval().status().name())
                .put("auditEntry", recorded.decision().auditSequence());
    }

    private static Map<ApprovalId, Digest> displayed(JsonBody json) {
        Map<ApprovalId, Digest> displayed = new LinkedHashMap<>();
        for (JsonBody each : requests(json)) {
            ApprovalId id = new ApprovalId(each.text("request"));
            if (displayed.put(id, new Digest(each.text("displayedDigest"))) != null) {
                throw new InvalidInput(
                        "/requests", "it names " + id + " twice", "Name each request once.");
            }
        }
        return displayed;
    }

    private static List<JsonBody> requests(JsonBody json) {
        if (!(json.json().getValue("requests") instanceof JsonArray array)) {
            throw new InvalidInput(
                    "/requests", "it is missing or no list", "Send the chosen requests.");
        }
        List<JsonBody> requests = new ArrayList<>();
        for (Object each : array) {
            if (!(each instanceof JsonObject object)) {
                throw new InvalidInput(
                        "/requests", "one of them is no object", "Send each as an object.");
            }
            requests.add(new JsonBody(object));
        }
        return requests;
    }
}
