package dev.devopspack.web;

import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Access;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// Reads and verifies the log.
@Path("/api/v1/audit")
@Singleton
@RunOnVirtualThread
public class AuditApi {

    private final AuditExport export;
    private final AuditState state;

    AuditApi(AuditExport export, AuditState state) {
        this.export = export;
        this.state = state;
    }

    /// The log as JSON Lines.
    ///
    /// @param after the sequence number before the first one wanted
    @GET
    @Path("export")
    @RolesAllowed(Access.TOKEN_AUDITOR)
    public Response export(@QueryParam("after") @DefaultValue("0") long after) {
        if (after < 0) {
            throw new InvalidInput("after", "it is below 0", "Use 0 for the beginning.");
        }
        return export.answer(after);
    }

    @GET
    @Path("verify")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.TOKEN_AUDITOR, Access.TOKEN_PIPELINE})
    public String verify() {
        return switch (state.whole().result()) {
            case AuditVerifier.Result.Intact intact ->
                    new JsonObject()
                            .put("intact", true)
                            .put("sequence", intact.sequence())
                            .put("chainHash", intact.chainHash().value())
                            .encode();
            case AuditVerifier.Result.Broken broken ->
                    new JsonObject()
                            .put("intact", false)
                            .put("sequence", broken.sequence())
                            .put("why", broken.why())
                            .encode();
        };
    }
}
