package dev.devopspack.gate.quality;

import java.util.Set;

/// Runs terraform on a module that was cleared, offline, in a folder and an environment of its own.
public interface TerraformRunner {

    /// Whether there is a terraform that can be used, and how well it is kept apart.
    Availability availability();

    /// Runs the commands in their order; after one that fails the rest are skipped.
    ///
    /// @throws IllegalArgumentException if TEST_BLUEPRINT is asked for a module that is not a
    ///   blueprint of ours
    TerraformRun run(ClearedModule module, Set<TerraformCommand> commands, Progress progress);

    sealed interface Availability {

        /// @param isolated whether it sees nothing of the file system but its own folder
        record Present(String version, boolean isolated) implements Availability {}

        /// @param why a sentence, and how to mend it
        record Absent(String why) implements Availability {}
    }

    /// Told what is being done, at the start of each command.
    @FunctionalInterface
    interface Progress {
        Progress NONE = text -> {};

        void report(String text);
    }
}
