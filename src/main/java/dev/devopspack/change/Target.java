package dev.devopspack.change;

import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import org.jspecify.annotations.Nullable;

/// Where a change set is meant to go.
///
/// @param environment null where it acts on none, as a runbook does: only a capability that says so
///   makes such a change set, a caller's own files always name one
/// @param repository the repository it comes from, for example `https://github.com/acme/infra`,
///   where known
/// @param commit the full commit id, where known
public record Target(
        @Nullable Environment environment,
        StackName stack,
        @Nullable String repository,
        @Nullable String commit) {

    /// What is shown in the environment's place where there is none.
    private static final String NO_ENVIRONMENT = "none";

    public static Target of(@Nullable Environment environment, StackName stack) {
        return new Target(environment, stack, null, null);
    }

    /// The environment's name for people to read.
    public String environmentText() {
        return environment == null ? NO_ENVIRONMENT : environment.value();
    }
}
