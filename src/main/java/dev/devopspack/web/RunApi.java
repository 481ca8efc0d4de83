package dev.devopspack.web;

import dev.devopspack.manager.Manager;
import dev.devopspack.manager.RunResult;
import dev.devopspack.manager.run.RunId;
import dev.devopspack.web.guard.Access;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// What runs of several tasks came to.
@Path("/api/v1/runs")
@Singleton
@RunOnVirtualThread
public class RunApi {

    private final Manager manager;

    RunApi(Manager manager) {
        this.manager = manager;
    }

    /// @return the report so far; `run.status` says whether it has ended
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_VIEWER)
    public RunResult run(@PathParam("id") String id) {
        return manager.run(new RunId(id));
    }
}
