package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.Map;
import java.util.Optional;

/// A step of a job or of a composite action.
///
/// @param index its place among the steps, from 0
/// @param uses the action that it runs
/// @param script the commands that it runs
/// @param shell what runs the script where the step, the job or the workflow names it
/// @param with inputs of the action as written, by name
/// @param env variables as written, by name
/// @param node the step as it stands in the file
public record Step(
        int index,
        Optional<String> id,
        Optional<String> name,
        Optional<String> condition,
        Optional<ActionReference> uses,
        Optional<Scalar> script,
        Optional<String> shell,
        Map<String, Scalar> with,
        Map<String, Scalar> env,
        Mapping node) {

    public Step {
        with = Map.copyOf(with);
        env = Map.copyOf(env);
    }

    public Span span() {
        return node.span();
    }
}
