package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import java.util.List;
import java.util.Optional;

/// What the token of a workflow or job may do, where it is written.
///
/// @param span of the key `permissions`
/// @param all `read-all` or `write-all`, where one of them is written
public record Permissions(Span span, Optional<String> all, List<Grant> grants) {
    public Permissions {
        grants = List.copyOf(grants);
    }

    /// @param level `read`, `write` or `none`
    public record Grant(String scope, String level, Span span) {}

    /// Whether the token may change something in the scope.
    public boolean writes(String scope) {
        return all.filter("write-all"::equals).isPresent()
                || grants.stream()
                        .anyMatch(grant ->
                                grant.scope().equals(scope) && grant.level().equals("write"));
    }
}
