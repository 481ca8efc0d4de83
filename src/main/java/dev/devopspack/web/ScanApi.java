package dev.devopspack.web;

import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.web.guard.Access;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/// Judges files by the rules. Stores nothing.
@Path("/api/v1/scan")
@Singleton
@RunOnVirtualThread
public class ScanApi {

    private final Scan scan;

    ScanApi(Scan scan) {
        this.scan = scan;
    }

    /// @param body `{files: [{name, content | contentBase64}]}`
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN)
    public ScanResult scan(byte @Nullable [] body) {
        return scan.of(SubmissionReader.files(body));
    }
}
