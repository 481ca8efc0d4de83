package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlFile;
import java.util.List;
import java.util.Optional;

/// The file that describes an action.
///
/// @param span of its first key
/// @param using what runs it, for example `composite`
/// @param inputs the names of its inputs
/// @param requiredInputs those without which it does not run
/// @param outputs the names of its outputs
/// @param image what it runs in, where it is a container
/// @param steps of a composite action
public record ActionFile(
        YamlFile file,
        Span span,
        Optional<String> name,
        String using,
        List<String> inputs,
        List<String> requiredInputs,
        List<String> outputs,
        Optional<ContainerImage> image,
        List<Step> steps,
        List<ExpressionUse> expressions,
        List<WorkflowProblem> problems) {

    public ActionFile {
        inputs = List.copyOf(inputs);
        requiredInputs = List.copyOf(requiredInputs);
        outputs = List.copyOf(outputs);
        steps = List.copyOf(steps);
        expressions = List.copyOf(expressions);
        problems = List.copyOf(problems);
    }
}
