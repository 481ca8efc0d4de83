package dev.devopspack.approval.enforcement.github;

import java.io.IOException;
import java.util.Optional;

/// Asks GitHub about a deployment, and tells it what becomes of it.
public interface GitHubApi {

    enum State {
        APPROVED,
        REJECTED,
        /// Only a comment; the deployment goes on waiting.
        WAITING
    }

    /// What became of telling it.
    enum Told {
        DONE,
        /// GitHub does not want this answer: the deployment is gone, or was decided otherwise.
        REFUSED
    }

    /// The run that a deployment is part of.
    ///
    /// @param workflow the path of its workflow in the repository, for example
    ///   `.github/workflows/deploy.yml`
    /// @param commit the full id of the commit whose version of the workflow runs
    record Run(String workflow, String commit) {}

    /// @return empty if there is no such run any more
    /// @throws IOException if GitHub does not tell now
    Optional<Run> run(GitHubApp app, Delivery delivery) throws IOException;

    /// @throws IOException if GitHub cannot be told now
    Told tell(GitHubApp app, Delivery delivery, State state, String comment) throws IOException;
}
