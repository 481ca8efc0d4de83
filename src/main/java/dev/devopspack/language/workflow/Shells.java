package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The shells that run scripts.
final class Shells {

    private static final Set<String> EVERYWHERE = Set.of("bash", "pwsh", "python");
    private static final Set<String> UNIX = Set.of("sh");
    private static final Set<String> WINDOWS = Set.of("cmd", "powershell");

    private Shells() {}

    /// @param labels of the job's runner, as far as they are known
    static void check(Reading reading, Scalar shell, List<String> labels) {
        String name = shell.content().strip().toLowerCase(Locale.ROOT);
        if (Template.isIn(name) || name.contains("{0}")) {
            return;
        }
        boolean isKnown =
                EVERYWHERE.contains(name) || UNIX.contains(name) || WINDOWS.contains(name);
        if (!isKnown) {
            reading.problem(
                    Kind.SHELL,
                    shell.span(),
                    "there is no shell '"
                            + Reading.shortened(shell.content())
                            + "'; take bash, sh, pwsh, python, cmd or powershell, or a command with"
                            + " '{0}' for the script's file");
            return;
        }
        boolean unix = Runners.isUnix(labels);
        boolean windows = Runners.isWindows(labels);
        if ((unix && WINDOWS.contains(name)) || (windows && UNIX.contains(name))) {
            reading.problem(
                    Kind.SHELL,
                    shell.span(),
                    "the runner '"
                            + String.join(", ", labels)
                            + "' has no shell '"
                            + name
                            + "'; take bash or pwsh");
        }
    }
}
