package dev.devopspack.language.workflow;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.Map;
import java.util.TreeMap;

/// The commands to the runner that GitHub switched off or warns of, with what takes their place.
///
/// @see <a
///   href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">Workflow
///   commands</a>
final class DeprecatedCommands {

    private static final Pattern COMMAND =
            Pattern.compile("::(set-output|save-state|set-env|add-path)\\b");

    private static final Map<String, String> INSTEAD =
            new TreeMap<>(
                    Map.of(
                            "set-output", "write 'name=value' to \"$GITHUB_OUTPUT\"",
                            "save-state", "write 'name=value' to \"$GITHUB_STATE\"",
                            "set-env", "write 'name=value' to \"$GITHUB_ENV\"",
                            "add-path", "write the path to \"$GITHUB_PATH\""));

    /// One script has it once or twice; more of the same tells nothing new.
    private static final int MAX_REPORTED = 10;

    private DeprecatedCommands() {}

    static void check(Reading reading, Scalar script) {
        if (!reading.spend(script.content().length())) {
            return;
        }
        Matcher command = COMMAND.matcher(script.content());
        for (int i = 0; i < MAX_REPORTED && command.find(); i++) {
            reading.problem(
                    Kind.DEPRECATED_COMMAND,
                    reading.spanIn(script, command.start(), command.end()),
                    "the command '::"
                            + command.group(1)
                            + "' is switched off; "
                            + INSTEAD.get(command.group(1)));
        }
    }
}
