package dev.devopspack.manager;

/// Told of each step of a run while it goes on.
@FunctionalInterface
public interface Progress {

    Progress NONE = (done, total, message) -> {};

    /// Read, write, security, quality, compliance, store.
    int STEPS_OF_A_CHANGE_SET = 6;

    /// @param done how many steps are done
    /// @param total how many there are
    /// @param message what happens now, for people
    void step(int done, int total, String message);

    /// A step on the way to one change set.
    default void step(int done, String message) {
        step(done, STEPS_OF_A_CHANGE_SET, message);
    }
}
