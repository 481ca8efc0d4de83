package dev.devopspack.identity.company;

import dev.devopspack.identity.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The company's identity provider, as configured.
///
/// @param issuer the exact value of `iss`
/// @param clientId by which the provider knows this server
/// @param resource the address of MCP, which access tokens must name as their audience
/// @param rolesClaim the claim that holds a person's groups, for example `groups`
/// @param roles which groups have which role; a person of none of them is not let in
/// @param firstPasskey whether a person without a passkey may enrol his first one after signing in
public record CompanySettings(
        String issuer,
        String clientId,
        String resource,
        String rolesClaim,
        Map<Role, Set<String>> roles,
        boolean firstPasskey) {

    public CompanySettings {
        roles = Map.copyOf(roles);
        if (roles.containsKey(Role.PIPELINE)) {
            throw new IllegalArgumentException("PIPELINE is for pipelines' tokens, not for people");
        }
    }

    /// @param claims of a proven token
    Set<Role> rolesOf(Map<String, Object> claims) {
        List<?> groups =
                switch (claims.get(rolesClaim)) {
                    case List<?> many -> many;
                    case String one -> List.of(one);
                    case null, default -> List.of();
                };
        Set<Role> found = EnumSet.noneOf(Role.class);
        roles.forEach((role, names) -> {
            if (groups.stream()
                    .anyMatch(group -> group instanceof String && names.contains(group))) {
                found.add(role);
            }
        });
        return found;
    }
}
