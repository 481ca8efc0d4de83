package dev.devopspack.web;

import dev.devopspack.manager.Manager;
import dev.devopspack.manager.Progress;
import dev.devopspack.manager.RunResult;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/// Runs a task, given as YAML or JSON.
@Path("/api/v1/tasks")
@Singleton
@RunOnVirtualThread
public class TaskApi {

    private final Manager manager;
    private final Caller caller;

    TaskApi(Manager manager, Caller caller) {
        this.caller = caller;
        this.manager = manager;
    }

    /// @return the result's document, as the command line prints it
    @POST
    @Consumes({"application/yaml", "application/json", "text/yaml", "text/plain"})
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_REQUESTER)
    public RunResult run(
            byte @Nullable [] task, @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String client) {
        return manager.run(
                BodyText.of(task), caller.principal(), ClientName.of(client), Progress.NONE);
    }
}
