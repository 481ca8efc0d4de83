package dev.devopspack.web;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Tokens;
import dev.devopspack.task.InvalidInput;
import jakarta.inject.Singleton;
import java.util.List;

/// What people are called. Entries and manifests hold ids, which stay when a name changes.
@Singleton
class Names {

    private static final String PERSON = "person:";
    private static final String TOKEN = "token:";

    private final People people;
    private final Tokens tokens;

    Names(People people, Tokens tokens) {
        this.people = people;
        this.tokens = tokens;
    }

    /// @param actor as the audit log names it: `person:ID`, `token:ID`, `workload:ID` or `system`
    String ofActor(String actor) {
        if (actor.startsWith(PERSON)) {
            return ofPerson(actor.substring(PERSON.length()));
        }
        return actor.startsWith(TOKEN) ? ofToken(actor.substring(TOKEN.length())) : actor;
    }

    /// For example `the token “trial” of Trial requester`.
    private String ofToken(String id) {
        return tokens.find(id)
                .map(token ->
                        "the token “"
                                + token.label()
                                + "” of "
                                + ofPerson(token.person().toString()))
                .orElse("token " + id);
    }

    /// Everybody who can be looked for, by name.
    List<AuditPage.Actor> people() {
        return people.all().stream()
                .map(person -> new AuditPage.Actor(PERSON + person.id(), person.displayName()))
                .toList();
    }

    /// @param id of a person, as text
    String ofPerson(String id) {
        try {
            return people.find(PersonId.parse(id)).map(Person::displayName).orElse(id);
        } catch (InvalidInput e) {
            return id;
        }
    }
}
