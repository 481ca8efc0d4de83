package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A job of a workflow.
///
/// @param span of its id
/// @param labels the labels of the runner it asks for, as far as they are written out
/// @param group the group of runners it asks for
/// @param environment the name of the environment it deploys to
/// @param images its container and its services
/// @param calls the reusable workflow that it is
/// @param inheritsSecrets whether it gives all its secrets to the workflow that it calls
/// @param matrix the values that its matrix makes, where it has one
/// @param node the job as it stands in the file
public record Job(
        String id,
        Span span,
        Optional<String> name,
        List<String> needs,
        Optional<String> condition,
        List<String> labels,
        Optional<String> group,
        Optional<Permissions> permissions,
        Optional<String> environment,
        Optional<Concurrency> concurrency,
        Map<String, Scalar> env,
        List<ContainerImage> images,
        Optional<ActionReference> calls,
        boolean inheritsSecrets,
        Optional<YamlNode> matrix,
        List<Step> steps,
        Mapping node) {

    public Job {
        needs = List.copyOf(needs);
        labels = List.copyOf(labels);
        env = Map.copyOf(env);
        images = List.copyOf(images);
        steps = List.copyOf(steps);
    }
}
