package dev.devopspack.web;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.delegation.DelegationSigning;
import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
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
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Delegations: their list, and where an approver signs one or takes one back. No token reaches
/// this path, and none has the role.
@Path("/delegations")
@Singleton
@RunOnVirtualThread
public class DelegationResource {

    /// What a person looks through; the audit log has all of them.
    private static final int LISTED = 300;

    private static final Period PROPOSED = Period.ofDays(14);

    private final DelegationSigning signing;
    private final Delegations delegations;
    private final People people;
    private final ApprovalPolicy policy;
    private final Names names;
    private final Clock clock;
    private final Shells shells;
    private final Caller caller;

    DelegationResource(
            DelegationSigning signing,
            Delegations delegations,
            People people,
            ApprovalPolicy policy,
            Names names,
            Clock clock,
            Shells shells,
            Caller caller) {
        this.signing = signing;
        this.delegations = delegations;
        this.people = people;
        this.policy = policy;
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
        PersonId reader =
                Objects.requireNonNull(caller.principal().person(), "a session has a person");
        Optional<Person> person = people.find(reader);
        List<Delegation> newest = delegations.newest(LISTED);
        return Pages.delegations(
                shells.of("Delegations"),
                new DelegationsPage(
                        newest.stream().filter(each -> each.runs(now)).map(this::row).toList(),
                        newest.stream().filter(each -> !each.runs(now)).map(this::row).toList(),
                        people.all().stream()
                                .filter(Person::active)
                                .filter(each -> !each.id().equals(reader))
                                .map(each ->
                                        new DelegationsPage.Named(
                                                each.id().toString(), each.displayName()))
                                .toList(),
                        policy.environments().keySet().stream()
                                .filter(each -> person.filter(p -> p.approvesIn(each)).isPresent())
                                .map(Environment::value)
                                .sorted()
                                .toList(),
                        LocalDate.ofInstant(now, ZoneOffset.UTC).plus(PROPOSED).toString(),
                        caller.may(Access.PERSON_APPROVER)));
    }

    private DelegationsPage.Row row(Delegation delegation) {
        Instant now = clock.instant();
        Ended ended = delegation.ended();
        Pill state =
                ended != null
                        ? Pill.quiet("taken back by " + names.ofPerson(ended.by().toString()))
                        : delegation.runs(now) ? Pill.good("in force") : Pill.quiet("ended");
        return new DelegationsPage.Row(
                delegation.id(),
                names.ofPerson(delegation.from().toString()),
                names.ofPerson(delegation.to().toString()),
                delegation.environment().value(),
                delegation.reason(),
                Moment.of(delegation.since(), now),
                Moment.of(delegation.until(), now),
                state,
                delegation.runs(now)
                        && (delegation.from().equals(caller.principal().person())
                                || caller.may(Access.PERSON_ADMIN)));
    }

    @POST
    @Path("options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_APPROVER)
    public String prepare(String body) {
        JsonBody json = JsonBody.of(body);
        return SignedForms.toSign(
                signing.prepare(
                        caller.principal(),
                        PersonId.parse(json.text("to")),
                        new Environment(json.text("environment")),
                        json.text("reason"),
                        SignedForms.until(json)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON_APPROVER)
    public String delegate(String body) {
        return answer(signing.delegate(caller.principal(), SignedForms.signature(body)));
    }

    @POST
    @Path("end/options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_ADMIN})
    public String prepareEnd(String body) {
        JsonBody json = JsonBody.of(body);
        return SignedForms.toSign(
                signing.prepareEnd(
                        caller.principal(), json.text("delegation"), json.text("reason")));
    }

    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Access.PERSON_APPROVER, Access.PERSON_ADMIN})
    public String end(String body) {
        return answer(signing.end(caller.principal(), SignedForms.signature(body)));
    }

    private static String answer(Result<Delegation> result) {
        return SignedForms.answer(
                result,
                delegation ->
                        new JsonObject()
                                .put("delegation", delegation.id())
                                .put("until", delegation.until().toString()));
    }
}
