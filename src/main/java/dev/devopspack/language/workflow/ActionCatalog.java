package dev.devopspack.language.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the actions that most people use take and give. The facts are in `workflow/actions.json`,
/// with the day on which they were looked up; what is not there is not judged.
final class ActionCatalog {

    private static final String FILE = "/workflow/actions.json";

    /// @param inputs all inputs of any version, where they are known
    /// @param deprecated inputs that have another name now, with what to write
    /// @param outputs where they are known
    /// @param oldestMajor the first major version that still runs; 0 where it is not known
    private record Known(
            Optional<Set<String>> inputs,
            List<String> required,
            Map<String, String> deprecated,
            Optional<List<String>> outputs,
            int oldestMajor) {}

    private static final Map<String, Known> ALL = load();

    private ActionCatalog() {}

    private static Map<String, Known> load() {
        try (InputStream in = ActionCatalog.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            Map<String, Known> all = new HashMap<>();
            for (Map.Entry<String, JsonNode> action :
                    new ObjectMapper().readTree(in).path("actions").properties()) {
                all.put(action.getKey(), known(action.getValue()));
            }
            return Map.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Known known(JsonNode action) {
        Optional<Set<String>> inputs =
                action.has("inputs")
                        ? Optional.of(caseless(texts(action.path("inputs"))))
                        : Optional.empty();
        Map<String, String> deprecated = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        action.path("deprecated")
                .properties()
                .forEach(input -> deprecated.put(input.getKey(), input.getValue().asText()));
        return new Known(
                inputs,
                texts(action.path("required")),
                deprecated,
                action.has("outputs")
                        ? Optional.of(texts(action.path("outputs")))
                        : Optional.empty(),
                action.path("oldestMajor").asInt(0));
    }

    private static Set<String> caseless(Collection<String> names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(names);
        return set;
    }

    private static List<String> texts(JsonNode node) {
        return node.valueStream().map(JsonNode::asText).toList();
    }

    /// The outputs of an action, where they are known.
    static Optional<List<String>> outputs(ActionReference uses) {
        return Optional.ofNullable(ALL.get(uses.name())).flatMap(Known::outputs);
    }

    /// @param opaque whether the inputs are one expression, so that nobody knows their names
    static void check(Reading reading, ActionReference uses, Step step, boolean opaque) {
        Known known = ALL.get(uses.name());
        if (known == null || uses.kind() != ActionReference.Kind.REPOSITORY) {
            return;
        }
        age(reading, uses, known);
        // The inputs of versions that no longer run are not kept.
        if (opaque || uses.major().filter(major -> major < known.oldestMajor()).isPresent()) {
            return;
        }
        for (String name : step.with().keySet()) {
            if (known.deprecated().containsKey(name)) {
                reading.problem(
                        Kind.ACTION,
                        step.with().get(name).span(),
                        "the input '"
                                + name
                                + "' of '"
                                + uses.name()
                                + "' is an old one; "
                                + known.deprecated().get(name));
            } else if (known.inputs().filter(inputs -> !inputs.contains(name)).isPresent()) {
                unknownInput(reading, uses, name, step, known.inputs().orElse(Set.of()));
            }
        }
        for (String required : known.required()) {
            if (!caseless(step.with().keySet()).contains(required)) {
                missingInput(reading, uses, required);
            }
        }
    }

    private static void age(Reading reading, ActionReference uses, Known known) {
        uses.major()
                .filter(major -> major < known.oldestMajor())
                .ifPresent(major ->
                        reading.problem(
                                Kind.ACTION,
                                uses.span(),
                                "version "
                                        + major
                                        + " of '"
                                        + uses.name()
                                        + "' was made for a Node.js that GitHub took away; use version "
                                        + known.oldestMajor()
                                        + " or newer"));
    }

    static void unknownInput(
            Reading reading,
            ActionReference uses,
            String name,
            Step step,
            Collection<String> inputs) {
        reading.problem(
                Kind.ACTION,
                step.with().containsKey(name) ? step.with().get(name).span() : uses.span(),
                "the action '"
                        + Reading.shortened(uses.name())
                        + "' has no input '"
                        + Reading.shortened(name)
                        + "'"
                        + Suggestion.mend(name, inputs));
    }

    static void missingInput(Reading reading, ActionReference uses, String name) {
        reading.problem(
                Kind.ACTION,
                uses.span(),
                "the action '"
                        + Reading.shortened(uses.name())
                        + "' needs the input '"
                        + name
                        + "'");
    }
}
