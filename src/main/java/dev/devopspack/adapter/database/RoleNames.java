package dev.devopspack.adapter.database;

import dev.devopspack.identity.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// A set of roles as one column: names divided by commas, in the order of their declaration.
final class RoleNames {

    private RoleNames() {}

    static String write(Set<Role> roles) {
        return Arrays.stream(Role.values())
                .filter(roles::contains)
                .map(Role::name)
                .collect(Collectors.joining(","));
    }

    static Set<Role> read(String names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names.split(",", -1)) {
            if (!name.isEmpty()) {
                roles.add(Role.valueOf(name));
            }
        }
        return roles;
    }
}
