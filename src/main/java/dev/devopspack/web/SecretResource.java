package dev.devopspack.web;

import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.ClusterRecipient;
import dev.devopspack.approval.secret.SecretApprovals;
import dev.devopspack.approval.secret.SecretFile;
import dev.devopspack.approval.secret.SecretRequest;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.approval.secret.SecretSpec;
import dev.devopspack.approval.secret.SecretVersion;
import dev.devopspack.identity.Principal;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pages of secrets. Approving and denying is signed with a passkey; a value that is typed is
/// sealed before it leaves the browser. No token reaches this path.
@Path("/secrets")
@Singleton
@RunOnVirtualThread
public class SecretResource {

    /// What a person looks through; the audit log has all of them.
    private static final int LISTED = 100;

    private final SecretRequests secrets;
    private final SecretApprovals approvals;
    private final Names names;
    private final Clock clock;
    private final Shells shells;
    private final Caller caller;

    SecretResource(
            SecretRequests secrets,
            SecretApprovals approvals,
            Names names,
            Clock clock,
            Shells shells,
            Caller caller) {
        this.secrets = secrets;
        this.approvals = approvals;
        this.names = names;
        this.clock = clock;
        this.shells = shells;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance list() {
        secrets.expire();
        Instant now = clock.instant();
        return Pages.secrets(
                shells.of("Secrets"),
                new SecretsPage(
                        secrets.newest(LISTED).stream().map(each -> row(each, now)).toList(),
                        secrets.versions(LISTED).stream().map(each -> row(each, now)).toList()));
    }

    private SecretsPage.RequestRow row(AskedSecret asked, Instant now) {
        SecretRequest request = asked.request();
        return new SecretsPage.RequestRow(
                request.id().value(),
                request.spec().secret().reference(),
                request.spec().operation().word(),
                request.version(),
                request.spec().flow().words(),
                names.ofPerson(request.person().toString()),
                Moment.of(request.createdAt(), now),
                state(asked, now));
    }

    private static SecretsPage.VersionRow row(SecretVersion version, Instant now) {
        SecretVersion.Revoked revoked = version.revoked();
        return new SecretsPage.VersionRow(
                version.secret().reference(),
                version.version(),
                version.flow().words(),
                Moment.of(version.madeAt(), now),
                revoked == null ? Pill.good("in use") : Pill.quiet("revoked"),
                revoked == null ? "" : revoked.why());
    }

    private Pill state(AskedSecret asked, Instant now) {
        return switch (asked.statusAt(now)) {
            case PENDING ->
                    Pill.wait(
                            "waiting for "
                                    + (asked.request().quorum() - secrets.counted(asked))
                                    + " of "
                                    + asked.request().quorum());
            case DONE -> Pill.good("done");
            case DENIED -> Pill.bad("denied");
            case EXPIRED -> Pill.quiet("expired");
        };
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance show(@PathParam("id") String id) {
        AskedSecret asked = secrets.find(new SecretRequestId(id)).orElseThrow(SecretApi::missing);
        Principal reader = caller.principal();
        Instant now = clock.instant();
        SecretRequest request = asked.request();
        Optional<Refusal> barred = approvals.barred(request.id(), reader);
        return Pages.secret(
                shells.of(request.spec().secret().reference()),
                new SecretPage(
                        request.id().value(),
                        request.spec().secret().reference(),
                        state(asked, now),
                        Moment.of(request.decideBy(), now),
                        facts(asked),
                        request.reason(),
                        typing(asked, reader, now),
                        barred.isEmpty(),
                        approvals
                                .barredFromApproving(request.id(), reader)
                                .map(Refusal::problem)
                                .orElse(""),
                        barred.map(Refusal::problem).orElse(""),
                        asked.next(now),
                        secrets.files(request.id()).stream().map(SecretFile::name).toList()));
    }

    private List<SecretPage.Fact> facts(AskedSecret asked) {
        SecretRequest request = asked.request();
        SecretSpec spec = request.spec();
        List<SecretPage.Fact> facts = new ArrayList<>();
        facts.add(new SecretPage.Fact("What", spec.operation().word()));
        facts.add(new SecretPage.Fact("Version", String.valueOf(request.version())));
        facts.add(new SecretPage.Fact("How", spec.flow().words()));
        facts.add(new SecretPage.Fact("Environment", spec.secret().environment().value()));
        if (spec.recipient() != null) {
            facts.add(
                    new SecretPage.Fact(
                            "Recipient", spec.recipient() + ", " + request.fingerprint()));
        }
        if (!asked.sealed().isEmpty()) {
            facts.add(new SecretPage.Fact("Sealed value", "sha256:" + asked.sealed()));
        }
        facts.add(new SecretPage.Fact("Asked by", names.ofPerson(request.person().toString())));
        for (var approver : asked.approvers()) {
            facts.add(new SecretPage.Fact("Approved by", names.ofPerson(approver.toString())));
        }
        if (!asked.note().isEmpty()) {
            facts.add(new SecretPage.Fact("Because", asked.note()));
        }
        return facts;
    }

    private SecretPage.@Nullable Typing typing(AskedSecret asked, Principal reader, Instant now) {
        boolean wanted =
                asked.wantsValue()
                        && asked.statusAt(now) == AskedSecret.Status.PENDING
                        && approvals.mayType(asked, reader);
        if (!wanted) {
            return null;
        }
        return secrets.recipients().stream()
                .filter(each -> each.name().equals(asked.request().spec().recipient()))
                .filter(each -> each.fingerprint().equals(asked.request().fingerprint()))
                .filter(ClusterRecipient.class::isInstance)
                .map(ClusterRecipient.class::cast)
                .findFirst()
                .map(cluster ->
                        new SecretPage.Typing(
                                cluster.publicKey(),
                                asked.request().spec().secret().path(),
                                cluster.name()))
                .orElse(null);
    }

    @GET
    @Path("{id}/files/{name}")
    @RolesAllowed(Access.PERSON)
    public Response file(@PathParam("id") String id, @PathParam("name") String name) {
        return secrets.files(new SecretRequestId(id)).stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .map(SecretApi::download)
                .orElseThrow(SecretApi::missing);
    }

    @POST
    @Path("typed")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON)
    public String type(String body) {
        JsonBody json = JsonBody.of(body);
        return answer(
                approvals.type(
                        caller.principal(),
                        new SecretRequestId(json.text("request")),
                        json.text("sealed")));
    }

    @POST
    @Path("approval/options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_DELEGATE})
    public String prepareApproval(String body) {
        return SignedForms.toSign(
                approvals.prepareApproval(
                        caller.principal(),
                        new SecretRequestId(JsonBody.of(body).text("request"))));
    }

    @POST
    @Path("approval")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_DELEGATE})
    public String approve(String body) {
        return answer(approvals.approve(caller.principal(), SignedForms.signature(body)));
    }

    @POST
    @Path("denial/options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_DELEGATE})
    public String prepareDenial(String body) {
        JsonBody json = JsonBody.of(body);
        return SignedForms.toSign(
                approvals.prepareDenial(
                        caller.principal(),
                        new SecretRequestId(json.text("request")),
                        json.text("reason")));
    }

    @POST
    @Path("denial")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_DELEGATE})
    public String deny(String body) {
        return answer(approvals.deny(caller.principal(), SignedForms.signature(body)));
    }

    private String answer(Result<AskedSecret> result) {
        return SignedForms.answer(
                result,
                asked ->
                        new JsonObject()
                                .put("id", asked.request().id().value())
                                .put("status", asked.statusAt(clock.instant()).name()));
    }
}
