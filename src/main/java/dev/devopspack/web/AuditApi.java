package dev.devopspack.web;

import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Access;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// Reads and verifies the log, and proves what is in it.
@Path("/api/v1/audit")
@Singleton
@RunOnVirtualThread
public class AuditApi {

    private final AuditExport export;
    private final AuditState state;
    private final Checkpoints checkpoints;
    private final AuditTiles tiles;

    AuditApi(AuditExport export, AuditState state, Checkpoints checkpoints, AuditTiles tiles) {
        this.tiles = tiles;
        this.export = export;
        this.state = state;
        this.checkpoints = checkpoints;
    }

    /// The log, one line an entry. The header `Audit-Next-After` says where the next export begins.
    ///
    /// @param format `jsonl`, `ocsf`, `cef`, `otlp` or `csv`
    /// @param after the sequence number before the first one wanted
    /// @param limit how many at most; all that there are now where it is left out
    @GET
    @Path("export")
    @RolesAllowed(Access.TOKEN_AUDITOR)
    public Response export(
            @QueryParam("format") @DefaultValue("jsonl") String format,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @Nullable Long limit) {
        return export.answer(format, after, limit);
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

    /// The newest checkpoint and the keys it is verified with, each null where there is none (yet).
    @GET
    @Path("checkpoint")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.TOKEN_AUDITOR, Access.TOKEN_PIPELINE})
    public String checkpoint() {
        return new JsonObject()
                .put("key", checkpoints.key().text())
                .put("secondKey", checkpoints.secondKey().map(CosignerKey::text).orElse(null))
                .put("checkpoint", checkpoints.newest().map(SignedCheckpoint::note).orElse(null))
                .encode();
    }

    /// That an entry is in the log of that size.
    ///
    /// @param size the newest checkpoint's where it is left out
    @GET
    @Path("proof/inclusion")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_AUDITOR)
    public String inclusion(
            @QueryParam("sequence") @DefaultValue("") String sequence,
            @QueryParam("size") @Nullable String size) {
        return checkpoints.inclusion(number("sequence", sequence), size("size", size)).json();
    }

    /// That the log of size `to` begins with the log of size `from`.
    ///
    /// @param to the newest checkpoint's size where it is left out
    @GET
    @Path("proof/consistency")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_AUDITOR)
    public String consistency(
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @Nullable String to) {
        return checkpoints.consistency(number("from", from), size("to", to)).json();
    }

    /// That an entry is in the log that was signed last, as a file of its own (C2SP `tlog-proof`).
    @GET
    @Path("proof/tlog")
    @RolesAllowed(Access.TOKEN_AUDITOR)
    public Response proof(@QueryParam("sequence") @DefaultValue("") String sequence) {
        return tiles.proof(number("sequence", sequence));
    }

    /// Hashes of the tree, as under `/audit/tile`.
    @GET
    @Path("tile/{level: [0-9]+}/{path: .+}")
    @RolesAllowed(Access.TOKEN_AUDITOR)
    public Response tile(@PathParam("level") String level, @PathParam("path") String path) {
        return tiles.hashes(level, path);
    }

    /// A bundle of entries (C2SP `tlog-tiles`).
    @GET
    @Path("tile/entries/{path: .+}")
    @RolesAllowed(Access.TOKEN_AUDITOR)
    public Response entries(@PathParam("path") String path) {
        return tiles.entries(path);
    }

    private long size(String name, @Nullable String typed) {
        return typed == null
                ? checkpoints.newest().map(newest -> newest.checkpoint().size()).orElse(0L)
                : number(name, typed);
    }

    private static long number(String name, String typed) {
        try {
            return Long.parseLong(typed);
        } catch (NumberFormatException e) {
            throw new InvalidInput(
                    name, "it is no number", "Use a whole number from 1, for example 12.");
        }
    }
}
