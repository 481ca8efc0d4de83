package dev.devopspack.identity;

import org.jspecify.annotations.Nullable;

/// What a pipeline's identity token proves of the job that calls.
///
/// @param issuer the configured name of who vouches for it, for example `github`
/// @param run which run of which pipeline it is, unique at its issuer: letters, digits and `-`
/// @param repository the repository or project, for example `acme/shop`
/// @param ref the full reference, for example `refs/heads/main`
/// @param sha the full commit id
/// @param workflow the path of the file that defines the pipeline, in the repository
/// @param workflowRef the reference that this file was read at
/// @param environment the environment of the job as the issuer knows it, where it has one
public record Workload(
        String issuer,
        String run,
        String repository,
        String ref,
        String sha,
        String workflow,
        String workflowRef,
        @Nullable String environment) {

    /// The job as somebody who calls: it may do what a pipeline does and nothing else.
    public Principal principal() {
        return Principal.of(this);
    }
}
