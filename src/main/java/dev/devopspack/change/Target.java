package dev.devopspack.change;

import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import org.jspecify.annotations.Nullable;

/// Where a change set is meant to go.
///
/// @param repository the repository it comes from, for example `https://github.com/acme/infra`,
///   where known
/// @param commit the full commit id, where known
public record Target(
        Environment environment,
        StackName stack,
        @Nullable String repository,
        @Nullable String commit) {

    public static Target of(Environment environment, StackName stack) {
        return new Target(environment, stack, null, null);
    }
}
