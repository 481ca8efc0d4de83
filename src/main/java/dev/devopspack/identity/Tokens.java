package dev.devopspack.identity;

import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import dev.devopspack.task.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Bearer tokens of assistants, bots and pipelines.
///
/// A token is bound to the human behind it, may do no more than that human (but a pipeline's work,
/// which an admin grants), ends by itself and never decides.
public final class Tokens {

    /// What a token begins with, so that scanners for leaked secrets find it.
    public static final String PREFIX = "dpk_";

    /// A token that nobody renews within a year is forgotten somewhere.
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final Set<Role> NEVER = Set.of(Role.APPROVER, Role.ADMIN);

    private static final int ID_LENGTH = 16;
    private static final int SECRET_LENGTH = PREFIX.length() + 43;
    private static final int MAX_LABEL_LENGTH = 80;

    /// "Last used" is for people who tidy up: a minute's precision saves a write a call.
    private static final Duration SEEN_PRECISION = Duration.ofMinutes(1);

    private final TokenStore tokens;
    private final PersonStore people;
    private final Bookkeeping books;

    public Tokens(TokenStore tokens, PersonStore people, Bookkeeping books) {
        this.tokens = tokens;
        this.people = people;
        this.books = books;
    }

    /// @param secret to be shown once: it cannot be found again
    public record Issued(String secret, ApiToken token) {

        @Override
        public String toString() {
            return "Issued[" + token.id() + "]";
        }
    }

    /// Makes a token for `person`.
    ///
    /// @param by the person himself or an admin, signed in; never another token
    /// @throws NotAllowed if `by` may not
    /// @throws InvalidInput if the roles, the label or the time are not usable
    public Issued issue(
            Principal by, PersonId person, String label, Set<Role> roles, Duration validFor) {
        return books.inOne(() -> {
            Person owner = people.find(person).filter(Person::active).orElseThrow(Tokens::unknown);
            checkIssuer(by, owner, roles);
            checkRoles(owner, roles);
            checkLabel(label);
            if (validFor.isNegative() || validFor.isZero() || validFor.compareTo(LONGEST) > 0) {
                throw new InvalidInput(
                        "validFor",
                        "a token is valid for at most " + LONGEST.toDays() + " days",
                        "Use fewer days; renew it in time.");
            }
            Instant now = books.now();
            String secret = PREFIX + books.secret();
            ApiToken token =
                    new ApiToken(
                            books.secrets().id(ID_LENGTH),
                            Digest.of(secret),
                            person,
                            label,
                            roles,
                            now,
                            now.plus(validFor),
                            null,
                            null);
            tokens.insert(token);
            books.record(
                    "token.issued",
                    by.actor(),
                    Map.of(
                            "token", token.id(),
                            "person", person.toString(),
                            "roles", names(roles),
                            "expiresAt", token.expiresAt().toString()),
                    Map.of("label", label));
            return new Issued(secret, token);
        });
    }

    /// Who calls with this token.
    ///
    /// @return nothing where it is unknown, expired or revoked, or its person is not active
    public Optional<Principal> authenticate(String secret) {
        if (secret.length() != SECRET_LENGTH || !secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Instant now = books.now();
        return tokens.findByHash(Digest.of(secret))
                .filter(token -> token.usable(now))
                .flatMap(token ->
                        people.find(token.person())
                                .filter(Person::active)
                                .map(person -> principal(token, person, now)));
    }

    private Principal principal(ApiToken token, Person person, Instant now) {
        Instant seen = token.lastUsedAt();
        if (seen == null || seen.plus(SEEN_PRECISION).isBefore(now)) {
            tokens.seen(token.id(), now);
        }
        return new Principal(
                Principal.Kind.TOKEN,
                token.id(),
                token.person(),
                token.label(),
                Standing.roles(token, person));
    }

    /// @throws NotAllowed if it is neither `by`'s own token nor `by` an admin
    public boolean revoke(Principal by, String id) {
        return books.inOne(() -> {
            ApiToken token = tokens.find(id).orElse(null);
            if (token == null) {
                return false;
            }
            if (!Guards.isAdmin(by) && !Guards.isPerson(by, token.person())) {
                throw new NotAllowed(
                        "only its owner or an admin revokes a token", "Ask an admin to do it.");
            }
            boolean revoked = tokens.revoke(id, books.now());
            if (revoked) {
                books.record("token.revoked", by.actor(), Map.of("token", id), Map.of());
            }
            return revoked;
        });
    }

    /// Without its secret.
    public Optional<ApiToken> find(String id) {
        return tokens.find(id);
    }

    /// The newest first, without secrets.
    public List<ApiToken> of(PersonId person) {
        return tokens.of(person);
    }

    /// The newest first, without secrets.
    public List<ApiToken> all() {
        return tokens.all();
    }

    private static void checkIssuer(Principal by, Person owner, Set<Role> roles) {
        if (Guards.isAdmin(by)) {
            return;
        }
        if (!Guards.isPerson(by, owner.id())) {
            throw new NotAllowed(
                    "only the person himself or an admin makes his token",
                    "Sign in on the page; a token makes no tokens.");
        }
        if (roles.contains(Role.PIPELINE)) {
            throw new NotAllowed(
                    "only an admin gives a token the role PIPELINE", "Ask an admin to do it.");
        }
    }

    private static void checkRoles(Person owner, Set<Role> roles) {
        for (Role role : roles) {
            if (NEVER.contains(role)) {
                throw new InvalidInput(
                        "roles",
                        "a token cannot have the role " + role,
                        "Leave it out: decisions and people are for signed-in persons.");
            }
            if (role != Role.PIPELINE && !owner.roles().contains(role)) {
                throw new InvalidInput(
                        "roles",
                        "the person behind the token has no role " + role,
                        "Use one of: " + owner.rolesText() + ".");
            }
        }
        if (roles.isEmpty()) {
            throw new InvalidInput(
                    "roles", "a token needs a role", "Use one of: " + owner.rolesText() + ".");
        }
    }

    private static void checkLabel(String label) {
        if (label.isBlank() || label.length() > MAX_LABEL_LENGTH || Hidden.firstIn(label) >= 0) {
            throw new InvalidInput(
                    "label",
                    "the label is empty, too long or holds invisible characters",
                    "Say in 1 to " + MAX_LABEL_LENGTH + " characters what the token is for.");
        }
    }

    private static String names(Set<Role> roles) {
        return String.join(", ", EnumSet.copyOf(roles).stream().map(Role::name).toList());
    }

    private static InvalidInput unknown() {
        return new InvalidInput(
                "person", "there is no such active person", "Use an id from the list of people.");
    }
}
