package dev.devopspack.web;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.manager.Waiving;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// Where an approver waives a finding of a change set. No token reaches this path, and none has the
/// role.
@Path("/change-sets/{id}/waivers")
@Singleton
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class FindingWaiverResource {

    private final Waiving waiving;
    private final Caller caller;

    FindingWaiverResource(Waiving waiving, Caller caller) {
        this.waiving = waiving;
        this.caller = caller;
    }

    @POST
    @Path("options")
    @RolesAllowed(Access.PERSON_APPROVER)
    public String prepare(@PathParam("id") String id, String body) {
        JsonBody json = JsonBody.of(body);
        String resource = json.optionalText("resource");
        return SignedForms.toSign(
                waiving.prepare(
                        caller.principal(),
                        new ChangeSetId(id),
                        new Waiving.Meant(
                                json.text("rule"),
                                json.text("file"),
                                resource == null ? "" : resource,
                                json.text("finding")),
                        json.text("reason"),
                        SignedForms.until(json)));
    }

    @POST
    @RolesAllowed(Access.PERSON_APPROVER)
    public String waive(@PathParam("id") String id, String body) {
        return WaiverResource.answer(
                waiving.waive(caller.principal(), SignedForms.signature(body)));
    }
}
