package dev.devopspack.identity.company;

import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import dev.devopspack.identity.Journal;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Role;
import java.text.Normalizer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// The people behind proven claims: found again by issuer and subject, never by a name or a mail
/// address, which somebody else may have tomorrow.
final class CompanyPeople {

    private static final int SHOWN_DIGITS = 8;

    private final CompanyIdentities identities;
    private final PersonStore people;
    private final Journal journal;

    CompanyPeople(CompanyIdentities identities, PersonStore people, Journal journal) {
        this.identities = identities;
        this.people = people;
        this.journal = journal;
    }

    Optional<Person> find(String issuer, String subject) {
        return identities.find(issuer, subject).flatMap(people::find).filter(Person::active);
    }

    /// The person, made where he comes for the first time, with the roles that he has now.
    ///
    /// @param roles not empty
    /// @return nothing where an admin has switched him off
    Optional<Person> known(
            String issuer,
            String subject,
            Map<String, Object> claims,
            Set<Role> roles,
            Instant now) {
        Optional<PersonId> id = identities.find(issuer, subject);
        if (id.isEmpty()) {
            return Optional.of(made(issuer, subject, claims, roles, now));
        }
        return people.find(id.get()).filter(Person::active).map(person -> withRoles(person, roles));
    }

    private Person made(
            String issuer,
            String subject,
            Map<String, Object> claims,
            Set<Role> roles,
            Instant now) {
        Person person =
                new Person(
                        new PersonId(UUID.randomUUID()), name(claims, subject), roles, now, true);
        people.insert(person);
        identities.insert(issuer, subject, person.id(), now);
        record("person.added", person, Map.of("roles", person.rolesText(), "via", "company"));
        return person;
    }

    private Person withRoles(Person person, Set<Role> roles) {
        if (person.roles().equals(roles)) {
            return person;
        }
        Person changed = person.withRoles(EnumSet.copyOf(roles));
        people.update(changed);
        record(
                "person.roles_changed",
                changed,
                Map.of("roles", changed.rolesText(), "via", "company"));
        return changed;
    }

    private void record(String kind, Person person, Map<String, String> facts) {
        Map<String, String> all = new HashMap<>(facts);
        all.put("person", person.id().toString());
        journal.record(kind, "system", all, Map.of("displayName", person.displayName()));
    }

    /// A name for people to read: what the provider says, where it can be shown as it is.
    private static String name(Map<String, Object> claims, String subject) {
        return Stream.of("name", "preferred_username", "email")
                .map(claims::get)
                .filter(String.class::isInstance)
                .map(name -> Normalizer.normalize((String) name, Normalizer.Form.NFC).strip())
                .filter(name ->
                        !name.isEmpty()
                                && name.length() <= Person.MAX_NAME_LENGTH
                                && Hidden.firstIn(name) < 0)
                .findFirst()
                .orElseGet(() -> "Person " + Digest.of(subject).hex().substring(0, SHOWN_DIGITS));
    }
}
