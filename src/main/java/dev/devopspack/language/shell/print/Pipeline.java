package dev.devopspack.language.shell.print;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Programs that read what the one before wrote. Only the first may have lines of its own to read.
///
/// @param file that takes what the last one wrote, in the folder where the person is; none: it is
///   shown
public record Pipeline(List<Invocation> steps, @Nullable String file) {

    private static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9-]{0,60}\\.[a-z]{2,5}");

    public Pipeline {
        steps = List.copyOf(steps);
        if (file != null && !FILE.matcher(file).matches()) {
            throw new IllegalArgumentException("'" + file + "' is no file beside us");
        }
        if (steps.isEmpty() || steps.stream().skip(1).anyMatch(step -> step.input() != null)) {
            throw new IllegalArgumentException("a pipeline begins with its one reader of lines");
        }
    }

    public static Pipeline of(Invocation... steps) {
        return new Pipeline(Arrays.asList(steps), null);
    }

    /// The same, its output kept in a file.
    public Pipeline into(String name) {
        return new Pipeline(steps, name);
    }

    String printed() {
        String line =
                steps.stream().map(Invocation::printed).collect(Collectors.joining(" \\\n  | "))
                        + (file == null ? "" : " > " + file);
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
        if (steps.getFirst().input() != null || file != null) {
            throw new IllegalArgumentException("what is captured reads no lines and fills no file");
        }
        return oneLine();
    }
}
