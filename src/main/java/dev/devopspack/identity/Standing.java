package dev.devopspack.identity;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Who somebody is now who called earlier: work that outlasts its call goes on in his name only as
/// long as he could still ask for it.
public final class Standing {

    private static final Set<Role> NEVER_BY_TOKEN = Set.of(Role.APPROVER, Role.ADMIN);

    private final TokenStore tokens;
    private final PersonStore people;
    private final Clock clock;

    public Standing(TokenStore tokens, PersonStore people, Clock clock) {
        this.tokens = tokens;
        this.people = people;
        this.clock = clock;
    }

    /// A session that ended in the meantime takes nothing away: its person was signed in when he
    /// asked. A token that was revoked does.
    ///
    /// @return the caller with the roles of today; nothing where the token is expired or revoked,
    ///   or the person is not active
    public Optional<Principal> now(Principal then) {
        return switch (then.kind()) {
            case SYSTEM, WORKLOAD -> Optional.of(then); // what these may do is no person's to take
            case SESSION -> person(then).map(person -> with(then, person.roles()));
            case TOKEN ->
                    tokens.find(then.id())
                            .filter(token -> token.usable(clock.instant()))
                            .flatMap(token ->
                                    people.find(token.person())
                                            .filter(Person::active)
                                            .map(person -> with(then, roles(token, person))));
        };
    }

    private Optional<Person> person(Principal then) {
        return Optional.ofNullable(then.person()).flatMap(people::find).filter(Person::active);
    }

    private static Principal with(Principal then, Set<Role> roles) {
        return new Principal(then.kind(), then.id(), then.person(), then.name(), roles);
    }

    /// Roles are looked at again: a person who lost one takes it from every token at once.
    static Set<Role> roles(ApiToken token, Person person) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        token.roles().stream()
                .filter(role -> role == Role.PIPELINE || person.roles().contains(role))
                .filter(role -> !NEVER_BY_TOKEN.contains(role))
                .forEach(roles::add);
        return roles;
    }
}
