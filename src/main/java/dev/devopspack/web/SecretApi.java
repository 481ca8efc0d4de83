package dev.devopspack.web;

import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.Recipient;
import dev.devopspack.approval.secret.SecretFile;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Asking for secrets by reference: assistants and pipelines. No value comes in here and none goes
/// out, and nothing here approves.
@Path("/")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SecretApi {

    private final SecretRequests secrets;
    private final Clock clock;
    private final Caller caller;
    private final String site;

    SecretApi(
            SecretRequests secrets,
            Clock clock,
            Caller caller,
            @ConfigProperty(name = "devopspack.base-url") String site) {
        this.secrets = secrets;
        this.clock = clock;
        this.caller = caller;
        this.site = site;
    }

    @POST
    @Path("api/v1/secrets")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.TOKEN_REQUESTER)
    public String ask(String body) {
        JsonBody json = JsonBody.of(body);
        SecretRequests.Asked asked =
                secrets.ask(
                        SecretDocuments.spec(json),
                        caller.principal(),
                        SecretDocuments.reason(json));
        return switch (asked) {
            case SecretRequests.Asked.New made -> document(made.secret());
            case SecretRequests.Asked.Refused refused -> throw Conflict.of(refused.refusal());
        };
    }

    @GET
    @Path("api/v1/secrets/{id}")
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER})
    public String status(@PathParam("id") String id) {
        secrets.expire();
        return secrets.find(new SecretRequestId(id))
                .map(this::document)
                .orElseThrow(SecretApi::missing);
    }

    /// Manifests, steps or sealed bytes.
    @GET
    @Path("api/v1/secrets/{id}/files/{name}")
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER})
    public Response file(@PathParam("id") String id, @PathParam("name") String name) {
        return secrets.files(new SecretRequestId(id)).stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .map(SecretApi::download)
                .orElseThrow(SecretApi::missing);
    }

    static Response download(SecretFile file) {
        return Response.ok(file.text())
                .type("text/plain; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
                .build();
    }

    /// To whom a secret may be sealed.
    @GET
    @Path("api/v1/secret-recipients")
    @RolesAllowed({Access.TOKEN_VIEWER, Access.TOKEN_REQUESTER})
    public String recipients() {
        JsonArray all = new JsonArray();
        for (Recipient each : secrets.recipients()) {
            all.add(
                    new JsonObject()
                            .put("name", each.name())
                            .put("kind", each.kind())
                            .put("fingerprint", each.fingerprint()));
        }
        return new JsonObject().put("recipients", all).encode();
    }

    private String document(AskedSecret asked) {
        return SecretDocuments.document(
                        asked,
                        secrets.counted(asked),
                        clock.instant(),
                        site + "/secrets/" + asked.request().id(),
                        secrets.files(asked.request().id()))
                .encode();
    }

    static Conflict missing() {
        return Conflict.missing(
                "secret",
                "there is no such request, or it has no such file yet",
                "Use the id from the answer that opened it, and the names that its status lists.");
    }
}
