package dev.devopspack.identity;

import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Digest;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// The people of this installation: invited by an admin, never removed, only switched off.
public final class People {

    /// Long enough to reach somebody by mail, short enough not to lie around.
    public static final Duration LINK_VALID = Duration.ofHours(24);

    /// The named person behind the token that a trial start prints. Not the first admin, so that
    /// the first admin may decide on what is asked with that token.
    public static final PersonId TRIAL_REQUESTER =
            new PersonId(UUID.fromString("00000000-0000-4000-8000-000000000001"));

    /// The person who enrols with the link of the first start.
    public static final PersonId FIRST_ADMIN =
            new PersonId(UUID.fromString("00000000-0000-4000-8000-000000000002"));

    private static final Set<Role> FIRST_ADMIN_ROLES =
            EnumSet.of(Role.ADMIN, Role.APPROVER, Role.AUDITOR, Role.REQUESTER, Role.VIEWER);

    private final PersonStore people;
    private final PasskeyStore passkeys;
    private final EnrolmentStore links;
    private final SessionStore sessions;
    private final Bookkeeping books;

    public People(
            PersonStore people,
            PasskeyStore passkeys,
            EnrolmentStore links,
            SessionStore sessions,
            Bookkeeping books) {
        this.people = people;
        this.passkeys = passkeys;
        this.links = links;
        this.sessions = sessions;
        this.books = books;
    }

    /// @param secret the last part of the link's address: shown once
    public record Invitation(String secret, Person person, Instant expiresAt) {

        @Override
        public String toString() {
            return "Invitation[" + person.id() + "]";
        }
    }

    public Optional<Person> find(PersonId id) {
        return people.find(id);
    }

    /// In the order of their names.
    public List<Person> all() {
        return people.all();
    }

    /// The oldest first.
    public List<Passkey> passkeys(PersonId person) {
        return passkeys.of(person);
    }

    /// Adds a person, with the link by which he registers his first passkey.
    public Invitation add(Principal by, String displayName, Set<Role> roles) {
        Guards.requireAdmin(by);
        return books.inOne(() -> {
            Person person =
                    new Person(
                            new PersonId(UUID.randomUUID()), displayName, roles, books.now(), true);
            people.insert(person);
            record("person.added", by, person, Map.of("roles", person.rolesText()));
            return invite(by, person);
        });
    }

    /// A link for another passkey of the person; older unused ones become useless.
    ///
    /// @param by an admin; for himself a person uses [AnotherPasskey]
    public Invitation invite(Principal by, PersonId id) {
        Guards.requireAdmin(by);
        return books.inOne(() -> invite(by, existing(id)));
    }

    /// The same for who has just proved with this passkey that it is he who asks.
    Invitation inviteProven(Principal by, PersonId id, Passkey proof, Duration valid) {
        return invite(by, existing(id), valid, Map.of("provedWith", proof.credentialId()));
    }

    private Invitation invite(Principal by, Person person) {
        return invite(by, person, LINK_VALID, Map.of());
    }

    private Invitation invite(
            Principal by, Person person, Duration valid, Map<String, String> facts) {
        if (!person.active()) {
            throw new InvalidInput(
                    "person", "this person is not active", "Switch the person on first.");
        }
        Instant now = books.now();
        links.revokeOf(person.id(), now);
        String secret = books.secret();
        EnrolmentLink link =
                new EnrolmentLink(Digest.of(secret), person.id(), now, now.plus(valid), null);
        links.insert(link);
        Map<String, String> all = new HashMap<>(facts);
        all.put("expiresAt", link.expiresAt().toString());
        record("person.invited", by, person, all);
        return new Invitation(secret, person, link.expiresAt());
    }

    /// The link of the first start: as long as no active admin has a passkey, every start makes a
    /// new one and the older ones become useless.
    public Optional<Invitation> firstAdmin() {
        return books.inOne(() -> {
            if (people.all().stream().anyMatch(this::canAdminister)) {
                return Optional.<Invitation>empty();
            }
            Person admin = ensure(FIRST_ADMIN, "First admin", FIRST_ADMIN_ROLES, books.now());
            return Optional.of(invite(Principal.SYSTEM, admin));
        });
    }

    /// The person behind the token that a trial start prints.
    public Person trialRequester() {
        return books.inOne(() ->
                ensure(
                        TRIAL_REQUESTER,
                        "Trial requester",
                        EnumSet.of(Role.VIEWER, Role.REQUESTER, Role.AUDITOR),
                        books.now()));
    }

    private Person ensure(PersonId id, String name, Set<Role> roles, Instant now) {
        return people.find(id)
                .orElseGet(() -> {
                    Person person = new Person(id, name, roles, now, true);
                    people.insert(person);
                    record(
                            "person.added",
                            Principal.SYSTEM,
                            person,
                            Map.of("roles", person.rolesText()));
                    return person;
                });
    }

    public Person setRoles(Principal by, PersonId id, Set<Role> roles) {
        return change(by, id, "person.roles_changed", person -> person.withRoles(roles));
    }

    /// Changes what the person may do, and where the role APPROVER counts.
    ///
    /// @param approves empty for everywhere
    /// @param commitsAs the addresses by which his commits name him
    public Person setRoles(
            Principal by,
            PersonId id,
            Set<Role> roles,
            Set<Environment> approves,
            Set<CommitAuthor> commitsAs) {
        return change(
                by,
                id,
                "person.roles_changed",
                person -> person.withRoles(roles).withApproves(approves).withCommitsAs(commitsAs));
    }

    /// The same, with the addresses as they are.
    public Person setRoles(Principal by, PersonId id, Set<Role> roles, Set<Environment> approves) {
        return change(
                by,
                id,
                "person.roles_changed",
                person -> person.withRoles(roles).withApproves(approves));
    }

    /// Switches the person off: every session ends, and what he approved and is not consumed yet
    /// does not count any more.
    public Person disable(Principal by, PersonId id) {
        Person person = change(by, id, "person.disabled", p -> p.withActive(false));
        sessions.removeOf(id);
        return person;
    }

    /// Switches the person on again: he signs in with the passkeys that he has.
    public Person enable(Principal by, PersonId id) {
        return change(by, id, "person.enabled", person -> person.withActive(true));
    }

    private Person change(Principal by, PersonId id, String kind, UnaryOperator<Person> how) {
        Guards.requireAdmin(by);
        return books.inOne(() -> {
            Person before = existing(id);
            Person after = how.apply(before);
            checkSomebodyAdministers(before, after);
            people.update(after);
            record(
                    kind,
                    by,
                    after,
                    after.approves().isEmpty()
                            ? Map.of("roles", after.rolesText())
                            : Map.of("roles", after.rolesText(), "approves", after.approvesText()));
            return after;
        });
    }

    /// Removes a passkey, for example a lost one: every session of its owner ends, since it may
    /// have been opened with it, and what he approved with it and is not consumed yet does not
    /// count.
    ///
    /// @param by an admin, or its owner, signed in
    public boolean removePasskey(Principal by, String credentialId) {
        return books.inOne(() -> {
            Passkey passkey = passkeys.find(credentialId).orElse(null);
            if (passkey == null) {
                return false;
            }
            if (!Guards.isPerson(by, passkey.person())) {
                Guards.requireAdmin(by);
            }
            Person owner = existing(passkey.person());
            if (passkeys.of(owner.id()).size() == 1) {
                checkSomebodyAdministers(owner, owner.withActive(false));
            }
            passkeys.remove(credentialId);
            sessions.removeOf(owner.id());
            record("person.passkey_removed", by, owner, Map.of("credential", credentialId));
            return true;
        });
    }

    private void checkSomebodyAdministers(Person before, Person after) {
        boolean loses = canAdminister(before) && !after.has(Role.ADMIN);
        if (loses
                && people.all().stream()
                        .noneMatch(p -> !p.id().equals(before.id()) && canAdminister(p))) {
            throw new NotAllowed(
                    "this is the last admin who can sign in",
                    "Make somebody else an admin and let him enrol first.");
        }
    }

    private boolean canAdminister(Person person) {
        return person.has(Role.ADMIN) && !passkeys.of(person.id()).isEmpty();
    }

    private Person existing(PersonId id) {
        return people.find(id)
                .orElseThrow(() ->
                        new InvalidInput(
                                "person",
                                "there is no such person",
                                "Use an id from the list of people."));
    }

    private void record(String kind, Principal by, Person person, Map<String, String> facts) {
        Map<String, String> all = new HashMap<>(facts);
        all.put("person", person.id().toString());
        books.record(kind, by.actor(), all, Map.of("displayName", person.displayName()));
    }
}
