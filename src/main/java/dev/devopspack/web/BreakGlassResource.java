package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.BreakGlass;
import dev.devopspack.approval.BreakGlassReview;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.emergency.BrokenGlass;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where one approver lets a change through alone, and where another person reviews it. No token
/// reaches this path, and none has the role.
@Path("/break-glass")
@Singleton
@RunOnVirtualThread
public class BreakGlassResource {

    /// What a person looks through; the audit log has all of them.
    private static final int LISTED = 100;

    private final BreakGlass breakGlass;
    private final BreakGlassReview reviews;
    private final Emergencies emergencies;
    private final Approvals approvals;
    private final Names names;
    private final Clock clock;
    private final Shells shells;
    private final Caller caller;

    BreakGlassResource(
            BreakGlass breakGlass,
            BreakGlassReview reviews,
            Emergencies emergencies,
            Approvals approvals,
            Names names,
            Clock clock,
            Shells shells,
            Caller caller) {
        this.breakGlass = breakGlass;
        this.reviews = reviews;
        this.emergencies = emergencies;
        this.approvals = approvals;
        this.names = names;
        this.clock = clock;
        this.shells = shells;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance show() {
        return Pages.breakGlass(
                shells.of("Break glass"),
                new BreakGlassPage(emergencies.newest(LISTED).stream().map(this::row).toList()));
    }

    private BreakGlassPage.Row row(BrokenGlass broken) {
        Instant now = clock.instant();
        Optional<Approval> approval = approvals.find(broken.approval());
        BrokenGlass.Review review = broken.review();
        return new BreakGlassPage.Row(
                broken.approval().value(),
                approval.map(a -> a.request().changeSet().value()).orElse(""),
                approval.map(a -> a.request().environment().value()).orElse(""),
                names.ofPerson(broken.by().toString()),
                broken.incident(),
                broken.reason(),
                Moment.of(broken.at(), now),
                broken.skipped().size(),
                state(review),
                review == null
                        ? ""
                        : names.ofPerson(review.by().toString()) + ": " + review.finding(),
                review == null
                        && !broken.by().equals(caller.principal().person())
                        && (caller.may(Access.PERSON_APPROVER)
                                || caller.may(Access.PERSON_AUDITOR)
                                || caller.may(Access.PERSON_ADMIN)));
    }

    private static Pill state(BrokenGlass.@Nullable Review review) {
        if (review == null) {
            return Pill.bad("waits for a review");
        }
        return review.justified() ? Pill.good("justified") : Pill.bad("not justified");
    }

    @POST
    @Path("options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_APPROVER)
    public String prepare(String body) {
        JsonBody json = JsonBody.of(body);
        return SignedForms.toSign(
                breakGlass.prepare(
                        new ApprovalId(json.text("request")),
                        caller.principal(),
                        new Digest(json.text("rendering")),
                        json.text("incident"),
                        json.text("reason")));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_APPROVER)
    public String use(String body) {
        return answer(breakGlass.use(caller.principal(), SignedForms.signature(body)));
    }

    @POST
    @Path("review/options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_AUDITOR, Access.PERSON_ADMIN})
    public String prepareReview(String body) {
        JsonBody json = JsonBody.of(body);
        return SignedForms.toSign(
                reviews.prepare(
                        caller.principal(),
                        new ApprovalId(json.text("request")),
                        justified(json.text("justified")),
                        json.text("finding")));
    }

    private static boolean justified(String word) {
        return switch (word) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new InvalidInput("/justified", "this is no answer", "Send yes or no.");
        };
    }

    @POST
    @Path("review")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_AUDITOR, Access.PERSON_ADMIN})
    public String review(String body) {
        return answer(reviews.review(caller.principal(), SignedForms.signature(body)));
    }

    private static String answer(Result<BrokenGlass> result) {
        return SignedForms.answer(
                result,
                broken ->
                        new JsonObject()
                                .put("approval", broken.approval().value())
                                .put("reviewed", broken.reviewed()));
    }
}
