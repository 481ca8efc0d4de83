package dev.devopspack.policy.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.Job;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The subjects that are about variables of the environment.
final class Variables {

    private Variables() {}

    static List<Subject> of(String file, String address, Map<String, Scalar> env) {
        return env.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getValue().span().start()))
                .map(entry ->
                        variable(
                                file,
                                address,
                                entry.getKey(),
                                entry.getValue().content(),
                                entry.getValue().span()))
                .toList();
    }

    /// `env: ${{ matrix.env }}` takes its variables from the matrix.
    static List<Subject> ofMatrix(String file, String address, Job job, YamlNode env) {
        Optional<String> row = matrixRow(env);
        if (row.isEmpty() || job.matrix().isEmpty()) {
            return List.of();
        }
        List<YamlNode> values = new ArrayList<>();
        job.matrix().get().get(row.get()).ifPresent(node -> values.addAll(node.items()));
        job.matrix()
                .get()
                .get("include")
                .ifPresent(node ->
                        node.items().forEach(item -> item.get(row.get()).ifPresent(values::add)));
        List<Subject> subjects = new ArrayList<>();
        for (YamlNode value : values) {
            for (Entry entry : value.entries().values()) {
                entry.value()
                        .text()
                        .ifPresent(text ->
                                subjects.add(
                                        variable(file, address, entry.key(), text, env.span())));
            }
        }
        return subjects;
    }

    private static Optional<String> matrixRow(YamlNode env) {
        return env.text()
                .map(text -> text.replaceAll("\\s", ""))
                .filter(text -> text.startsWith("${{matrix.") && text.endsWith("}}"))
                .map(text -> text.substring("${{matrix.".length(), text.length() - 2));
    }

    private static Subject variable(
            String file, String address, String name, String value, Span span) {
        return new Draft("github/Variable", address, file, span, span.endLine())
                .put("name", name)
                .put("value", value.strip())
                .subject(false);
    }
}
