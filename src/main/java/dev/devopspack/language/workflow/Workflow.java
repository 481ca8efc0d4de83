package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A workflow as far as it could be read, with what is wrong in it.
///
/// @param span of its first key
/// @param triggersSpan of the key `on`
/// @param expressions all expressions in it, in the order in which they were read
public record Workflow(
        YamlFile file,
        Span span,
        Optional<String> name,
        Span triggersSpan,
        List<Trigger> triggers,
        Optional<Permissions> permissions,
        Optional<Concurrency> concurrency,
        Map<String, Scalar> env,
        List<Job> jobs,
        List<ExpressionUse> expressions,
        List<WorkflowProblem> problems) {

    public Workflow {
        triggers = List.copyOf(triggers);
        env = Map.copyOf(env);
        jobs = List.copyOf(jobs);
        expressions = List.copyOf(expressions);
        problems = List.copyOf(problems);
    }
}
