package dev.devopspack.web;

import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.AnotherPasskey;
import dev.devopspack.identity.ApiToken;
import dev.devopspack.identity.AssistantSetup;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Addresses;
import dev.devopspack.web.guard.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Passkeys, tokens and people: who may knock, and who decides.
@Path("/access")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class AccessResource {

    private final People people;
    private final Tokens tokens;
    private final AnotherPasskey another;
    private final Clock clock;
    private final Addresses addresses;
    private final RoutingContext context;
    private final Shells shells;
    private final Caller caller;

    AccessResource(
            People people,
            Tokens tokens,
            AnotherPasskey another,
            Clock clock,
            Addresses addresses,
            RoutingContext context,
            Shells shells,
            Caller caller) {
        this.people = people;
        this.tokens = tokens;
        this.another = another;
        this.clock = clock;
        this.addresses = addresses;
        this.context = context;
        this.shells = shells;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Access.PERSON)
    public TemplateInstance show() {
        return page(null, null);
    }

    @POST
    @Path("tokens")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance issue(
            @FormParam("label") @DefaultValue("") String label,
            @FormParam("role") List<String> roles,
            @FormParam("days") @DefaultValue("90") int days) {
        Principal reader = caller.principal();
        try {
            Tokens.Issued issued =
                    tokens.issue(
                            reader,
                            Objects.requireNonNull(reader.person(), "a session has a person"),
                            label.strip(),
                            roles(roles),
                            Duration.ofDays(days));
            return page(
                    new AccessPage.Shown(
                            "Your token, shown this once",
                            issued.secret(),
                            "An assistant sends it as the header Authorization: Bearer …; paste"
                                    + " what fits:",
                            pastes(issued.secret())),
                    null);
        } catch (InvalidInput refused) {
            return page(null, Problem.of(refused));
        }
    }

    @POST
    @Path("tokens/revoke")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON)
    public Response revoke(@FormParam("id") @DefaultValue("") String id) {
        tokens.revoke(caller.principal(), id);
        return Response.seeOther(URI.create("/access")).build();
    }

    @POST
    @Path("people")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON_ADMIN)
    public TemplateInstance add(
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("role") List<String> roles) {
        try {
            return page(shown(people.add(caller.principal(), name, roles(roles))), null);
        } catch (InvalidInput refused) {
            return page(null, Problem.of(refused));
        }
    }

    @POST
    @Path("people/invite")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON_ADMIN)
    public TemplateInstance invite(@FormParam("id") @DefaultValue("") String id) {
        return page(shown(people.invite(caller.principal(), PersonId.parse(id))), null);
    }

    @POST
    @Path("people/switch")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON_ADMIN)
    public Response switchPerson(
            @FormParam("id") @DefaultValue("") String id,
            @FormParam("to") @DefaultValue("") String to) {
        PersonId person = PersonId.parse(id);
        switch (to) {
            case "on" -> people.enable(caller.principal(), person);
            case "off" -> people.disable(caller.principal(), person);
            default -> throw new InvalidInput("to", "this is neither on nor off", "Send one.");
        }
        return Response.seeOther(URI.create("/access")).build();
    }

    @POST
    @Path("passkeys/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON)
    public Response removePasskey(@FormParam("credential") @DefaultValue("") String credentialId) {
        if (!people.removePasskey(caller.principal(), credentialId)) {
            throw new InvalidInput(
                    "credential",
                    "there is no such passkey",
                    "Somebody may have removed it already: load the page again.");
        }
        return Response.seeOther(URI.create("/access")).build();
    }

    @POST
    @Path("people/roles")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON_ADMIN)
    public TemplateInstance setRoles(
            @FormParam("id") @DefaultValue("") String id,
            @FormParam("role") List<String> roles,
            @FormParam("approves") @DefaultValue("") String approves,
            @FormParam("commitsAs") @DefaultValue("") String commitsAs) {
        try {
            people.setRoles(
                    caller.principal(),
                    PersonId.parse(id),
                    roles(roles),
                    environments(approves),
                    authors(commitsAs));
            return page(null, null);
        } catch (InvalidInput refused) {
            return page(null, Problem.of(refused));
        }
    }

    /// The first half of adding a passkey of one's own: proving with one that one has.
    @POST
    @Path("passkeys/another/options")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON)
    public String anotherOptions() {
        return new JsonObject()
                .put("options", new JsonObject(another.options(caller.principal())))
                .encode();
    }

    /// The second half: the path of the page that registers it.
    @POST
    @Path("passkeys/another")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Access.PERSON)
    public String another(String body) {
        return switch (another.link(caller.principal(), JsonBody.of(body).object("credential"))) {
            case AnotherPasskey.Result.Ready ready ->
                    new JsonObject().put("page", "/enrol/" + ready.invitation().secret()).encode();
            case AnotherPasskey.Result.Refused refused ->
                    throw Conflict.forbidden("passkey", refused.problem(), refused.mend());
        };
    }

    private static Set<CommitAuthor> authors(String addresses) {
        return Arrays.stream(addresses.split("[,\\s]+"))
                .filter(address -> !address.isEmpty())
                .map(CommitAuthor::new)
                .collect(Collectors.toSet());
    }

    private static Set<Environment> environments(String names) {
        return Arrays.stream(names.split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .map(Environment::new)
                .collect(Collectors.toSet());
    }

    private AccessPage.Shown shown(People.Invitation invitation) {
        return new AccessPage.Shown(
                "The enrolment link of " + invitation.person().displayName() + ", shown this once",
                origin() + "/enrol/" + invitation.secret(),
                "Send it to "
                        + invitation.person().displayName()
                        + ". It works once, until "
                        + Moment.of(invitation.expiresAt(), clock.instant()).utc()
                        + ".",
                List.of());
    }

    private List<AccessPage.Paste> pastes(String token) {
        return AssistantSetup.all(origin() + "/mcp", token).stream()
                .map(setup ->
                        new AccessPage.Paste(
                                setup.file().isEmpty()
                                        ? setup.client()
                                        : setup.client() + ", " + setup.file(),
                                setup.text()))
                .toList();
    }

    private TemplateInstance page(AccessPage.@Nullable Shown shown, @Nullable Problem error) {
        Principal reader = caller.principal();
        boolean admin = caller.may(Access.PERSON_ADMIN);
        PersonId self = Objects.requireNonNull(reader.person(), "a session has a person");
        List<ApiToken> listed = admin ? tokens.all() : tokens.of(self);
        return Pages.access(
                shells.of("Access"),
                new AccessPage(
                        shown,
                        error,
                        passkeys(self),
                        listed.stream().map(this::row).toList(),
                        tokenRoles(reader, admin),
                        admin ? people.all().stream().map(this::row).toList() : List.of(),
                        names(Arrays.asList(Role.values())),
                        origin() + "/mcp"));
    }

    private static List<String> tokenRoles(Principal reader, boolean admin) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(reader.roles());
        roles.remove(Role.APPROVER);
        roles.remove(Role.ADMIN);
        if (admin) {
            roles.add(Role.PIPELINE);
        }
        return names(List.copyOf(roles));
    }

    private static List<String> names(List<Role> roles) {
        return roles.stream().sorted().map(Role::name).toList();
    }

    private AccessPage.TokenRow row(ApiToken token) {
        Instant now = clock.instant();
        Pill state =
                token.revokedAt() != null
                        ? Pill.quiet("revoked")
                        : token.usable(now) ? Pill.good("usable") : Pill.quiet("expired");
        return new AccessPage.TokenRow(
                token.id(),
                token.label(),
                people.find(token.person()).map(Person::displayName).orElse("nobody"),
                String.join(", ", names(List.copyOf(token.roles()))),
                state,
                Moment.of(token.expiresAt(), now),
                token.lastUsedAt() == null ? null : Moment.of(token.lastUsedAt(), now),
                token.usable(now));
    }

    private AccessPage.PersonRow row(Person person) {
        return new AccessPage.PersonRow(
                person.id().toString(),
                person.displayName(),
                person.approves().isEmpty()
                        ? person.rolesText()
                        : person.rolesText() + " (approves in " + person.approvesText() + ")",
                names(List.copyOf(person.roles())),
                person.approves().isEmpty() ? "" : person.approvesText(),
                person.commitsAsText(),
                passkeys(person.id()),
                person.active(),
                person.active() ? Pill.good("active") : Pill.quiet("off"));
    }

    private List<AccessPage.PasskeyRow> passkeys(PersonId person) {
        Instant now = clock.instant();
        return people.passkeys(person).stream()
                .map(passkey ->
                        new AccessPage.PasskeyRow(
                                passkey.credentialId(),
                                passkey.label(),
                                Moment.of(passkey.createdAt(), now),
                                passkey.lastUsedAt() == null
                                        ? null
                                        : Moment.of(passkey.lastUsedAt(), now)))
                .toList();
    }

    private static Set<Role> roles(@Nullable List<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names == null ? List.<String>of() : names) {
            try {
                roles.add(Role.valueOf(name));
            } catch (IllegalArgumentException e) {
                throw new InvalidInput("role", "there is no such role", "Choose from the list.");
            }
        }
        return roles;
    }

    private String origin() {
        return addresses.pageOrigin(context.request().localAddress().port());
    }
}
