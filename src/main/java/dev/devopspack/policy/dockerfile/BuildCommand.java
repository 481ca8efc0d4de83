package dev.devopspack.policy.dockerfile;

import dev.devopspack.language.dockerfile.Position;
import dev.devopspack.language.shell.ShellCommand.Joint;
import java.util.List;
import java.util.Map;

/// A command that a `RUN` executes, also where `sudo`, `env` or `sh -c` start it.
///
/// @param program its name without folder and quotes, for example `apt-get`; empty where only
///   variables are set
/// @param arguments what follows it
/// @param sets the variables that are set for it or exported by it
/// @param joint what joins it to the command before
/// @param pipeline the same number for commands joined by pipes, within one `RUN`
/// @param writesTo the files that its output goes to
/// @param at where it begins
record BuildCommand(
        String program,
        List<Argument> arguments,
        Map<String, String> sets,
        Joint joint,
        int pipeline,
        List<String> writesTo,
        Position at) {

    BuildCommand {
        arguments = List.copyOf(arguments);
        sets = Map.copyOf(sets);
        writesTo = List.copyOf(writesTo);
    }

    /// @param expands whether the shell replaces some of it
    record Argument(String text, boolean expands) {}
}
