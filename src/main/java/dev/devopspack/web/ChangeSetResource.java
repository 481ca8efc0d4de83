package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.BreakGlass;
import dev.devopspack.approval.Decisions;
import dev.devopspack.approval.ReadingTimes;
import dev.devopspack.approval.Refusal;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Hidden;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.manager.ChangeSetView;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.Waiving;
import dev.devopspack.manager.evidence.Evidence;
import dev.devopspack.task.StackName;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pages of change sets, and their files as they are.
@Path("/change-sets")
@Singleton
@RunOnVirtualThread
public class ChangeSetResource {

    /// A page; older ones are found by their stack.
    private static final int LISTED = 200;

    private final Manager manager;
    private final Decisions decisions;
    private final Waiving waiving;
    private final BreakGlass breakGlass;
    private final ReadingTimes readingTimes;
    private final ChangeSetPages pages;
    private final Rows rows;
    private final People people;
    private final Clock clock;
    private final Shells shells;
    private final Caller caller;
    private final Evidence evidence;

    ChangeSetResource(
            Manager manager,
            Decisions decisions,
            Waiving waiving,
            BreakGlass breakGlass,
            ReadingTimes readingTimes,
            ChangeSetPages pages,
            Rows rows,
            People people,
            Clock clock,
            Shells shells,
            Caller caller,
            Evidence evidence) {
        this.evidence = evidence;
        this.shells = shells;
        this.caller = caller;
        this.manager = manager;
        this.decisions = decisions;
        this.waiving = waiving;
        this.breakGlass = breakGlass;
        this.readingTimes = readingTimes;
        this.pages = pages;
        this.rows = rows;
        this.people = people;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance list(@QueryParam("stack") @Nullable String stack) {
        String only = stack == null ? "" : stack.strip();
        List<ChangeSetStore.Summary> newest =
                manager.list(only.isEmpty() ? null : new StackName(only), LISTED);
        return Pages.changeSets(
                shells.of("Change sets"),
                new ChangeSetList(
                        newest.stream().map(rows::of).toList(),
                        Hidden.marked(only),
                        newest.size() == LISTED));
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance one(@PathParam("id") String id) {
        ChangeSetView view = manager.view(new ChangeSetId(id));
        Principal reader = caller.principal();
        Optional<Refusal> barred = barred(view, reader);
        if (barred.isEmpty()) {
            seen(view, reader);
        }
        ChangeSetPage page =
                pages.page(
                        view,
                        barred,
                        new ChangeSetPages.Reader(
                                mayDeny(view, reader),
                                caller.may(Access.PERSON_AUDITOR),
                                waiving.may(reader, view.changeSet()),
                                mayBreakGlass(view, reader),
                                caller.may(Access.PERSON_ADMIN),
                                barred.isPresent() ? others(view, reader) : 0));
        return Pages.changeSet(shells.of(page.code() + " " + page.title()), page);
    }

    /// From now on he reads what he may decide.
    private void seen(ChangeSetView view, Principal reader) {
        PersonId person = reader.person();
        view.approval()
                .filter(approval -> ApprovalWords.open(approval, clock.instant()))
                .ifPresent(approval -> {
                    if (person != null) {
                        readingTimes.seen(approval.request().id(), person, clock.instant());
                    }
                });
    }

    /// Where the reader's own approval would be enough there is no glass to break.
    private boolean mayBreakGlass(ChangeSetView view, Principal reader) {
        return view.approval()
                .filter(approval -> approval.approvals() + 1 < approval.request().quorum())
                .filter(approval -> breakGlass.barred(approval.request().id(), reader).isEmpty())
                .isPresent();
    }

    /// How many people but the reader could approve what waits, by right or in somebody's place. It
    /// ends where there are enough.
    private int others(ChangeSetView view, Principal reader) {
        return view.approval()
                .map(approval ->
                        (int)
                                people.all().stream()
                                        .filter(Person::active)
                                        .map(Person::id)
                                        .filter(person -> !person.equals(reader.person()))
                                        .filter(person -> decisions.isEntitled(approval, person))
                                        .filter(person -> !people.passkeys(person).isEmpty())
                                        .limit(approval.request().quorum())
                                        .count())
                .orElse(0);
    }

    private boolean mayDeny(ChangeSetView view, Principal reader) {
        return view.approval()
                .filter(approval -> ApprovalWords.open(approval, clock.instant()))
                .filter(approval ->
                        decisions.barredFromDenying(approval.request().id(), reader).isEmpty())
                .isPresent();
    }

    private Optional<Refusal> barred(ChangeSetView view, Principal reader) {
        return view.approval()
                .filter(approval -> ApprovalWords.open(approval, clock.instant()))
                .flatMap(approval -> decisions.barred(approval.request().id(), reader));
    }

    @GET
    @Path("{id}/files/{name: .+}")
    @RolesAllowed(Access.PERSON)
    public Response file(@PathParam("id") String id, @PathParam("name") String name) {
        Artifact file =
                manager.changeSet(new ChangeSetId(id))
                        .artifacts()
                        .find(name)
                        .orElseThrow(() ->
                                Conflict.missing(
                                        "name",
                                        "the change set has no such file",
                                        "Use a name from its page."));
        return Downloads.file(file);
    }

    /// What an auditor takes away, as one zip.
    @GET
    @Path("{id}/evidence.zip")
    @RolesAllowed(Access.PERSON_AUDITOR)
    public Response evidence(
            @PathParam("id") String id, @QueryParam("profile") List<String> profiles) {
        ChangeSetId changeSet = new ChangeSetId(id);
        return Downloads.evidence(changeSet, evidence.zip(changeSet, profiles));
    }

    @GET
    @Path("{id}/grant")
    @RolesAllowed(Access.PERSON)
    public Response grant(@PathParam("id") String id) {
        ChangeSetView view = manager.view(new ChangeSetId(id));
        Approval approval = view.approval().orElseThrow(ChangeSetResource::noGrant);
        return Downloads.grant(
                approval.request().id(), view.grant().orElseThrow(ChangeSetResource::noGrant));
    }

    private static Conflict noGrant() {
        return Conflict.missing(
                "grant", "there is no grant yet", "It is signed when enough people have approved.");
    }
}
