package dev.devopspack.web;

import dev.devopspack.approval.enforcement.kubernetes.Admission;
import dev.devopspack.approval.enforcement.kubernetes.Admissions;
import dev.devopspack.approval.enforcement.kubernetes.Cluster;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// Where other systems ask before they go on. Each proves itself by a secret that it shares with
/// this server; nobody else is answered.
@Path("hooks")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class HooksApi {

    private static final String SCHEME = "Bearer ";

    private final Admissions admissions;

    HooksApi(Admissions admissions) {
        this.admissions = admissions;
    }

    /// A cluster whose API server sends a bearer token.
    @POST
    @Path("kubernetes/{cluster}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    public Response review(
            @PathParam("cluster") String cluster,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Nullable String body) {
        String secret =
                authorization != null && authorization.startsWith(SCHEME)
                        ? authorization.substring(SCHEME.length())
                        : "";
        return answer(cluster, secret, body);
    }

    /// A cluster whose API server can send nothing but a path.
    @POST
    @Path("kubernetes/{cluster}/{secret}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    public Response reviewByPath(
            @PathParam("cluster") String cluster,
            @PathParam("secret") String secret,
            @Nullable String body) {
        return answer(cluster, secret, body);
    }

    private Response answer(String name, String secret, @Nullable String body) {
        Cluster cluster =
                admissions
                        .cluster(name, secret)
                        .orElseThrow(() ->
                                Conflict.forbidden(
                                        "secret",
                                        "there is no such cluster, or this is not its secret",
                                        "Compare the webhook's path with the enforcement file."));
        Admission answer = admissions.answer(cluster, body == null ? "" : body);
        JsonObject response =
                new JsonObject().put("uid", answer.uid()).put("allowed", answer.allowed());
        if (!answer.allowed()) {
            response.put(
                    "status", new JsonObject().put("code", 403).put("message", answer.message()));
        }
        return Response.ok(
                        new JsonObject()
                                .put("apiVersion", "admission.k8s.io/v1")
                                .put("kind", "AdmissionReview")
                                .put("response", response)
                                .encode())
                .build();
    }
}
