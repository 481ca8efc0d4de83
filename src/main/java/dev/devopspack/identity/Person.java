package dev.devopspack.identity;

import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Hidden;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.text.Normalizer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Somebody who can sign in, ask for work or decide.
///
/// @param displayName for people to read, 1 to 80 visible characters; never used to identify
/// @param active whether the person may do anything at all
/// @param approves where the role APPROVER counts; empty for everywhere
/// @param commitsAs the addresses by which his commits name him
public record Person(
        PersonId id,
        String displayName,
        Set<Role> roles,
        Instant createdAt,
        boolean active,
        Set<Environment> approves,
        Set<CommitAuthor> commitsAs) {

    /// More is a list that nobody reads.
    private static final int MAX_ADDRESSES = 20;

    /// More is a list that nobody reads.
    private static final int MAX_ENVIRONMENTS = 50;

    /// Long enough for every name that fits in a line of a page.
    public static final int MAX_NAME_LENGTH = 80;

    public Person {
        displayName = checkedName(displayName);
        roles = Set.copyOf(roles);
        approves = Set.copyOf(approves);
        commitsAs = Set.copyOf(commitsAs);
        if (commitsAs.size() > MAX_ADDRESSES) {
            throw new InvalidInput(
                    "commitsAs",
                    "there are more than " + MAX_ADDRESSES + " addresses",
                    "Name those that he commits with today.");
        }
        if (approves.size() > MAX_ENVIRONMENTS) {
            throw new InvalidInput(
                    "environments",
                    "there are more than " + MAX_ENVIRONMENTS,
                    "Leave the list empty for all of them.");
        }
    }

    /// Somebody whose roles count everywhere.
    public Person(
            PersonId id, String displayName, Set<Role> roles, Instant createdAt, boolean active) {
        this(id, displayName, roles, createdAt, active, Set.of(), Set.of());
    }

    /// Whether the person may decide on what goes there.
    public boolean approvesIn(Environment environment) {
        return has(Role.APPROVER) && (approves.isEmpty() || approves.contains(environment));
    }

    public Person withApproves(Set<Environment> changed) {
        return new Person(id, displayName, roles, createdAt, active, changed, commitsAs);
    }

    public Person withCommitsAs(Set<CommitAuthor> changed) {
        return new Person(id, displayName, roles, createdAt, active, approves, changed);
    }

    /// The addresses by which his commits name him, for texts.
    public String commitsAsText() {
        return commitsAs.stream()
                .map(CommitAuthor::value)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /// Where the role APPROVER counts, for texts.
    public String approvesText() {
        return approves.isEmpty()
                ? "everywhere"
                : approves.stream()
                        .map(Environment::value)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    public boolean has(Role role) {
        return active && roles.contains(role);
    }

    public Person withRoles(Set<Role> changed) {
        return new Person(id, displayName, changed, createdAt, active, approves, commitsAs);
    }

    public Person withName(String changed) {
        return new Person(id, changed, roles, createdAt, active, approves, commitsAs);
    }

    public Person withActive(boolean changed) {
        return new Person(id, displayName, roles, createdAt, changed, approves, commitsAs);
    }

    /// The roles in a fixed order, for texts.
    public String rolesText() {
        return roles.isEmpty()
                ? "none"
                : String.join(", ", EnumSet.copyOf(roles).stream().map(Role::name).toList());
    }

    private static String checkedName(String name) {
        String trimmed = Normalizer.normalize(name, Normalizer.Form.NFC).strip();
        if (trimmed.isEmpty()
                || trimmed.length() > MAX_NAME_LENGTH
                || Hidden.firstIn(trimmed) >= 0) {
            throw new InvalidInput(
                    "displayName",
                    "the name is empty, too long or holds invisible characters",
                    "Use 1 to " + MAX_NAME_LENGTH + " visible characters.");
        }
        return trimmed;
    }
}
