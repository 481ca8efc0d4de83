package dev.devopspack.web;

import dev.devopspack.web.guard.Access;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/// The log as C2SP `tlog-tiles` hands it out, beside its checkpoint: hashes to everybody, entries
/// to auditors.
@Path("/audit/tile")
@Singleton
@RunOnVirtualThread
public class TilesResource {

    private final AuditTiles tiles;

    TilesResource(AuditTiles tiles) {
        this.tiles = tiles;
    }

    @GET
    @Path("{level: [0-9]+}/{path: .+}")
    @PermitAll
    public Response hashes(@PathParam("level") String level, @PathParam("path") String path) {
        return tiles.hashes(level, path);
    }

    @GET
    @Path("entries/{path: .+}")
    @RolesAllowed(Access.PERSON_AUDITOR)
    public Response entries(@PathParam("path") String path) {
        return tiles.entries(path);
    }
}
