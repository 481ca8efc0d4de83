package dev.devopspack.approval.enforcement.github;

import java.io.IOException;

/// Tells GitHub what becomes of a deployment.
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

    /// @throws IOException if GitHub cannot be told now
    Told tell(GitHubApp app, Delivery delivery, State state, String comment) throws IOException;
}
