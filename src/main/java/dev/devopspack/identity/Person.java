package dev.devopspack.identity;

import dev.devopspack.change.Hidden;
import dev.devopspack.task.InvalidInput;
import java.text.Normalizer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/// Somebody who can sign in, ask for work or decide.
///
/// @param displayName for people to read, 1 to 80 visible characters; never used to identify
/// @param active whether the person may do anything at all
public record Person(
        PersonId id, String displayName, Set<Role> roles, Instant createdAt, boolean active) {

    /// Long enough for every name that fits in a line of a page.
    public static final int MAX_NAME_LENGTH = 80;

    public Person {
        displayName = checkedName(displayName);
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return active && roles.contains(role);
    }

    public Person withRoles(Set<Role> changed) {
        return new Person(id, displayName, changed, createdAt, active);
    }

    public Person withName(String changed) {
        return new Person(id, changed, roles, createdAt, active);
    }

    public Person withActive(boolean changed) {
        return new Person(id, displayName, roles, createdAt, changed);
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
