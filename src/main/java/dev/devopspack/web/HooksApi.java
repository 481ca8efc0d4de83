package dev.devopspack.web;

import dev.devopspack.approval.enforcement.github.ProtectionRules;
import dev.devopspack.approval.enforcement.kubernetes.Admission;
import dev.devopspack.approval.enforcement.kubernetes.Admissions;
import dev.devopspack.approval.enforcement.kubernetes.Cluster;
import dev.devopspack.approval.enforcement.terraform.RunTasks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
    private final ProtectionRules protectionRules;
    private final RunTasks runTasks;

    HooksApi(Admissions admissions, ProtectionRules protectionRules, RunTasks runTasks) {
        this.admissions = admissions;
        this.protectionRules = protectionRules;
        this.runTasks = runTasks;
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

    /// An event of GitHub's: a deployment waits for an answer.
    @POST
    @Path("github/{app}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    public Response event(
            @PathParam("app") String app,
            @HeaderParam("X-GitHub-Delivery") @DefaultValue("") String delivery,
            @HeaderParam("X-GitHub-Event") @DefaultValue("") String event,
            @HeaderParam("X-Hub-Signature-256") @DefaultValue("") String signature,
            byte[] body) {
        return switch (protectionRules.receive(app, delivery, event, signature, body)) {
            case ProtectionRules.Received.Kept _ -> Response.status(202).build();
            case ProtectionRules.Received.Ignored _ -> Response.noContent().build();
            case ProtectionRules.Received.Unsigned _ ->
                    throw Conflict.forbidden(
                            "X-Hub-Signature-256",
                            "there is no such App, or the event is not signed with its secret",
                            "Compare the webhook's address and secret with the enforcement file.");
            case ProtectionRules.Received.Replayed _ ->
                    throw Conflict.closed(
                            "X-GitHub-Delivery",
                            "this event came before",
                            "Nothing: it is answered already, or will be.");
            case ProtectionRules.Received.Refused refused -> throw refused.why();
        };
    }

    /// A question of a run of HCP Terraform.
    @POST
    @Path("terraform/{task}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    public Response question(
            @PathParam("task") String task,
            @HeaderParam("X-TFC-Task-Signature") @DefaultValue("") String signature,
            byte[] body) {
        return switch (runTasks.receive(task, signature, body)) {
            case RunTasks.Received.Taken _ -> Response.ok("{}").build();
            case RunTasks.Received.Unsigned _ ->
                    throw Conflict.forbidden(
                            "X-TFC-Task-Signature",
                            "there is no such run task, or the question is not signed with its key",
                            "Compare the run task's address and HMAC key with the enforcement"
                                    + " file.");
            case RunTasks.Received.Refused refused -> throw refused.why();
        };
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
