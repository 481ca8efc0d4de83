package dev.devopspack.manager;

/// Told of each step of a run while it goes on.
@FunctionalInterface
public interface Progress {

    Progress NONE = (done, total, message) -> {};

    /// @param done how many steps are done
    /// @param total how many there are
    /// @param message what happens now, for people
    void step(int done, int total, String message);
}
