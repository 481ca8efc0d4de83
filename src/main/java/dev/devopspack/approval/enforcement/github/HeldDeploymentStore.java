package dev.devopspack.approval.enforcement.github;

import java.util.Optional;

/// Keeps deployments that wait, and every event that came.
public interface HeldDeploymentStore {

    /// Keeps it, unless the same event came before.
    ///
    /// @return whether it was kept
    boolean add(HeldDeployment held);

    /// @return nothing where there is none, or it was answered
    Optional<HeldDeployment> waiting(String id);

    /// Whether another job of the same run was let through to the same environment before.
    ///
    /// @param held the job that asks now; its own answer does not count
    boolean sameRunWentOn(HeldDeployment held);

    void commented(String id);

    /// @param answer for people who look later: `APPROVED`, `REJECTED` or why GitHub did not want
    ///   it
    void answered(String id, String answer);
}
