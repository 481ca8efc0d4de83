package dev.devopspack.adapter.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What to run.
///
/// @param arguments the program's path and its arguments, passed as they are
/// @param folder where it runs
/// @param environment all of its environment: nothing of ours is passed on
/// @param outputLimitBytes for standard output and standard error each
public record OutsideCommand(
        List<String> arguments,
        Path folder,
        Map<String, String> environment,
        Duration timeLimit,
        int outputLimitBytes) {

    public OutsideCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        if (arguments.isEmpty()
                || timeLimit.isNegative()
                || timeLimit.isZero()
                || outputLimitBytes <= 0) {
            throw new IllegalArgumentException(
                    "A command needs a program, a time limit and an output limit");
        }
    }
}
