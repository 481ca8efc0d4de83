package dev.devopspack.web;

import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.waiver.Waiver;
import dev.devopspack.approval.waiver.WaiverSigning.Waived;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.change.Hidden;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.manager.Waiving;
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
import java.util.List;
import java.util.Optional;

/// Waivers: their list, and where an approver takes one back. No token reaches this path, and none
/// has the role.
@Path("/waivers")
@Singleton
@RunOnVirtualThread
public class WaiverResource {

    /// What a person looks through; the audit log has all of them.
    private static final int LISTED = 300;

    private final Waiving waiving;
    private final Waivers waivers;
    private final People people;
    private final Names names;
    private final Clock clock;
    private final Shells shells;
    private final Caller caller;

    WaiverResource(
            Waiving waiving,
            Waivers waivers,
            People people,
            Names names,
            Clock clock,
            Shells shells,
            Caller caller) {
        this.waiving = waiving;
        this.waivers = waivers;
        this.people = people;
        this.names = names;
        this.clock = clock;
        this.shells = shells;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance show() {
        Instant now = clock.instant();
        List<Waiver> newest = waivers.newest(LISTED);
        return Pages.waivers(
                shells.of("Waivers"),
                new WaiversPage(
                        waivers.running().stream().map(this::row).toList(),
                        newest.stream()
                                .filter(waiver -> !waiver.runs(now))
                                .map(this::row)
                                .toList()));
    }

    private WaiversPage.Row row(Waiver waiver) {
        Instant now = clock.instant();
        return new WaiversPage.Row(
                waiver.id(),
                waiver.scope().rule(),
                Hidden.marked(waiver.scope().place()),
                Hidden.marked(waiver.scope().message()),
                waiver.scope().stack().value(),
                waiver.scope().environment().value(),
                names.ofPerson(waiver.by().toString()),
                Moment.of(waiver.since(), now),
                Moment.of(waiver.until(), now),
                waiver.reason(),
                state(waiver, now),
                waiver.runs(now) && approvesIn(waiver));
    }

    private Pill state(Waiver waiver, Instant now) {
        Ended ended = waiver.ended();
        if (ended != null) {
            return Pill.quiet("taken back by " + names.ofPerson(ended.by().toString()));
        }
        if (!waiver.runs(now)) {
            return Pill.quiet("ended");
        }
        return waiver.until().isBefore(now.plus(Waivers.REMINDED))
                ? Pill.wait("ends soon")
                : Pill.good("in force");
    }

    private boolean approvesIn(Waiver waiver) {
        PersonId reader = caller.principal().person();
        Optional<Person> person = reader == null ? Optional.empty() : people.find(reader);
        return person.filter(found -> found.approvesIn(waiver.scope().environment())).isPresent();
    }

    @POST
    @Path("end/options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_APPROVER)
    public String prepareEnd(String body) {
        JsonBody json = JsonBody.of(body);
        return SignedForms.toSign(
                waiving.prepareEnd(caller.principal(), json.text("waiver"), json.text("reason")));
    }

    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_APPROVER)
    public String end(String body) {
        return answer(waiving.end(caller.principal(), SignedForms.signature(body)));
    }

    static String answer(Result<Waived> result) {
        return SignedForms.answer(
                result,
                signed ->
                        new JsonObject()
                                .put("waiver", signed.waiver().id())
                                .put("until", signed.waiver().until().toString()));
    }
}
