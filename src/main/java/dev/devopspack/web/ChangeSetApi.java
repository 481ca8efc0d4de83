package dev.devopspack.web;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.manager.ChangeSetView;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.Progress;
import dev.devopspack.manager.RunResult;
import dev.devopspack.manager.evidence.Evidence;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Submits files as a change set, and reads change sets.
@Path("/api/v1/change-sets")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ChangeSetApi {

    private static final int MAX_LISTED = 500;

    private final Manager manager;
    private final Evidence evidence;
    private final Caller caller;

    ChangeSetApi(Manager manager, Evidence evidence, Caller caller) {
        this.evidence = evidence;
        this.caller = caller;
        this.manager = manager;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_REQUESTER)
    public RunResult submit(
            byte @Nullable [] body, @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String client) {
        return manager.submit(
                SubmissionReader.read(body),
                caller.principal(),
                ClientName.of(client),
                Progress.NONE);
    }

    /// A row of the list.
    public record Item(
            String id,
            String code,
            String digest,
            String stack,
            String environment,
            String createdAt) {}

    @GET
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER})
    public List<Item> list(
            @QueryParam("stack") @Nullable String stack,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new InvalidInput("limit", "it is not 1 to " + MAX_LISTED, "Ask for fewer.");
        }
        return manager.list(stack == null ? null : new StackName(stack), limit).stream()
                .map(ChangeSetApi::item)
                .toList();
    }

    private static Item item(ChangeSetStore.Summary summary) {
        return new Item(
                summary.id().value(),
                summary.code(),
                summary.digest().value(),
                summary.target().stack().value(),
                summary.target().environmentText(),
                summary.createdAt().toString());
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER, Access.TOKEN_PIPELINE})
    public RunResult one(@PathParam("id") String id) {
        return manager.status(new ChangeSetId(id), caller.principal());
    }

    @GET
    @Path("{id}/files/{name: .+}")
    @Produces(MediaType.WILDCARD)
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER, Access.TOKEN_PIPELINE})
    public Response file(@PathParam("id") String id, @PathParam("name") String name) {
        return manager.changeSet(new ChangeSetId(id))
                .artifacts()
                .find(name)
                .map(Downloads::file)
                .orElseThrow(() ->
                        Conflict.missing(
                                "name",
                                "the change set has no such file",
                                "Use a name from its document."));
    }

    /// What an auditor takes away, as one zip.
    ///
    /// @param profiles beside the baseline and those that judge its environment
    @GET
    @Path("{id}/evidence.zip")
    @Produces(MediaType.WILDCARD)
    @RolesAllowed(Access.TOKEN_AUDITOR)
    public Response evidence(
            @PathParam("id") String id, @QueryParam("profile") List<String> profiles) {
        ChangeSetId changeSet = new ChangeSetId(id);
        return Downloads.evidence(changeSet, evidence.zip(changeSet, profiles));
    }

    @GET
    @Path("{id}/grant")
    @Produces(MediaType.WILDCARD)
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER, Access.TOKEN_PIPELINE})
    public Response grant(@PathParam("id") String id) {
        ChangeSetView view = manager.view(new ChangeSetId(id));
        if (view.approval().isEmpty() || view.grant().isEmpty()) {
            throw Conflict.missing(
                    "grant",
                    "there is no grant",
                    "It is signed when enough people have approved on the page.");
        }
        return Downloads.grant(view.approval().get().request().id(), view.grant().get());
    }
}
