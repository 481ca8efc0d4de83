package dev.devopspack.web;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.manager.ChangeSetView;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.VerdictStatements;
import dev.devopspack.web.guard.Access;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// The gates' verdicts as signed statements, for other supply-chain tools.
@Path("/api/v1/change-sets/{id}/statements")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.WILDCARD)
public class StatementApi {

    private final Manager manager;
    private final VerdictStatements statements;

    StatementApi(Manager manager, VerdictStatements statements) {
        this.manager = manager;
        this.statements = statements;
    }

    /// A Simple Verification Result.
    @GET
    @Path("svr")
    @RolesAllowed({
        Access.TOKEN_VIEWER,
        Access.TOKEN_REQUESTER,
        Access.TOKEN_PIPELINE,
        Access.TOKEN_AUDITOR
    })
    public Response verificationResult(@PathParam("id") String id) {
        return statement(VerdictStatements.Kind.SVR, id);
    }

    /// A Verification Summary.
    @GET
    @Path("vsa")
    @RolesAllowed({
        Access.TOKEN_VIEWER,
        Access.TOKEN_REQUESTER,
        Access.TOKEN_PIPELINE,
        Access.TOKEN_AUDITOR
    })
    public Response verificationSummary(@PathParam("id") String id) {
        return statement(VerdictStatements.Kind.VSA, id);
    }

    private Response statement(VerdictStatements.Kind kind, String id) {
        ChangeSetView view = manager.view(new ChangeSetId(id));
        return Downloads.statement(
                view.changeSet().id(),
                kind,
                statements.of(kind, view.changeSet(), view.verdicts()));
    }
}
