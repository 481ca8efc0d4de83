package dev.devopspack.language.shell;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Programs that read what the one before wrote. Only the first may have lines of its own to read.
public record Pipeline(List<Invocation> steps) {

    public Pipeline {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.stream().skip(1).anyMatch(step -> step.input() != null)) {
            throw new IllegalArgumentException("a pipeline begins with its one reader of lines");
        }
    }

    public static Pipeline of(Invocation... steps) {
        return new Pipeline(Arrays.asList(steps));
    }

    String printed() {
        String line =
                steps.stream().map(Invocation::printed).collect(Collectors.joining(" \\\n  | "));
        Invocation.Here input = steps.getFirst().input();
        if (input == null) {
            return line;
        }
        return steps.size() == 1
                ? line + "\n" + input.printed()
                : oneLine() + "\n" + input.printed();
    }

    /// The lines to read begin on the next line, so the pipe has to stand on this one.
    private String oneLine() {
        return steps.stream().map(Invocation::printed).collect(Collectors.joining(" | "));
    }

    /// In one line; for `$(…)`, which holds no lines to read.
    String captured() {
        if (steps.getFirst().input() != null) {
            throw new IllegalArgumentException("what is captured reads no lines");
        }
        return oneLine();
    }
}
