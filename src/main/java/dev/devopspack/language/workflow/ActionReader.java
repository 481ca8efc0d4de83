package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Suggestion;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the file that describes an action.
final class ActionReader {

    private static final List<String> KEYS =
            List.of("author", "branding", "description", "inputs", "name", "outputs", "runs");
    private static final List<String> USING =
            List.of("composite", "docker", "node12", "node16", "node20", "node24");

    private final Reading reading;
    private final Neighbours neighbours;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> required = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();

    private ActionReader(YamlFile file, Neighbours neighbours) {
        this.reading = new Reading(file);
        this.neighbours = neighbours;
    }

    static ActionFile read(YamlFile file, Mapping root, Neighbours neighbours) {
        return new ActionReader(file, neighbours).action(root);
    }

    private ActionFile action(Mapping root) {
        reading.keys(root, "an action", KEYS);
        for (String key : List.of("name", "description")) {
            if (root.get(key).isEmpty()) {
                reading.syntax(root.span(), "the action has no '" + key + "'");
            }
        }
        Optional<String> name =
                root.get("name").flatMap(n -> reading.plainText(n, "name")).map(Scalar::content);
        Contexts contexts = Contexts.of(Type.anyOf(Type.ANY), inputs(root), ContextTypes.SECRETS);
        Mapping runs =
                root.get("runs")
                        .flatMap(node -> reading.mapping(node, "runs"))
                        .orElse(new Mapping(Map.of(), false, root.span(), ""));
        String using = using(runs);
        List<Step> steps = List.of();
        Contexts after = contexts;
        if (using.equals("composite") && runs.get("steps").isPresent()) {
            StepsReader reader =
                    new StepsReader(
                            reading, neighbours, contexts, Optional.empty(), List.of(), true);
            steps = reader.read(runs.get("steps").get());
            after = reader.contexts();
        }
        runs(runs, using, contexts);
        outputs(root, after.at(Place.ACTION_OUTPUT), using);
        return new ActionFile(
                reading.file(),
                root.entries().values().stream()
                        .findFirst()
                        .map(entry -> entry.node().span())
                        .orElse(root.span()),
                name,
                using,
                inputs,
                required,
                outputs,
                image(runs, using),
                steps,
                reading.expressions(),
                reading.problems());
    }

    private Type inputs(Mapping root) {
        TreeMap<String, Type> types = new TreeMap<>();
        Contexts contexts =
                Contexts.of(Type.anyOf(Type.ANY), Type.only(Map.of()), ContextTypes.SECRETS);
        Scope scope = contexts.at(Place.ACTION_INPUT_DEFAULT);
        Optional<Mapping> mapping =
                root.get("inputs").flatMap(node -> reading.mappingOrNothing(node, "inputs"));
        mapping.ifPresent(found -> reading.distinct(found, "'inputs'"));
        for (Entry input : mapping.map(Mapping::entries).orElse(Map.of()).values()) {
            inputs.add(input.key());
            types.put(input.key(), Type.TEXT);
            Optional<YamlNode> fallback = input.value().get("default");
            fallback.ifPresent(node -> reading.text(node, "default", scope));
            boolean isRequired =
                    input.value()
                            .get("required")
                            .flatMap(YamlNode::text)
                            .filter("true"::equals)
                            .isPresent();
            if (isRequired && fallback.isEmpty()) {
                required.add(input.key());
            }
        }
        return Type.only(types);
    }

    private String using(Mapping runs) {
        Optional<Scalar> using =
                runs.get("using").flatMap(node -> reading.plainText(node, "using"));
        if (using.isEmpty()) {
            if (runs.get("using").isEmpty()) {
                reading.syntax(runs.span(), "'runs' has no 'using'");
            }
            return "";
        }
        if (!USING.contains(using.get().content())) {
            reading.syntax(
                    using.get().span(),
                    "nothing runs '"
                            + Reading.shortened(using.get().content())
                            + "'"
                            + Suggestion.mend(using.get().content(), USING));
        }
        return using.get().content();
    }

    private void runs(Mapping runs, String using, Contexts contexts) {
        List<String> keys =
                switch (using) {
                    case "composite" -> List.of("using", "steps");
                    case "docker" ->
                            List.of(
                                    "args",
                                    "entrypoint",
                                    "env",
                                    "image",
                                    "post-entrypoint",
                                    "post-if",
                                    "pre-entrypoint",
                                    "pre-if",
                                    "using");
                    case "" -> List.of();
                    default -> List.of("main", "post", "post-if", "pre", "pre-if", "using");
                };
        if (keys.isEmpty()) {
            return;
        }
        reading.keys(runs, "'runs' of a " + using + " action", keys);
        String needed =
                switch (using) {
                    case "composite" -> "steps";
                    case "docker" -> "image";
                    default -> "main";
                };
        if (runs.get(needed).isEmpty()) {
            reading.syntax(runs.span(), "'runs' has no '" + needed + "'");
        }
        for (String condition : List.of("pre-if", "post-if")) {
            runs.get(condition)
                    .ifPresent(node ->
                            reading.condition(node, condition, contexts.at(Place.ACTION_IF)));
        }
        Scope container = contexts.at(Place.ACTION_CONTAINER);
        runs.get("args").ifPresent(node -> reading.texts(node, "args", container));
        runs.get("env").ifPresent(node -> new SharedKeys(reading).env(node, container));
    }

    private void outputs(Mapping root, Scope scope, String using) {
        Optional<Mapping> mapping =
                root.get("outputs").flatMap(node -> reading.mappingOrNothing(node, "outputs"));
        for (Entry output : mapping.map(Mapping::entries).orElse(Map.of()).values()) {
            outputs.add(output.key());
            Optional<YamlNode> value = output.value().get("value");
            if (using.equals("composite") && value.isEmpty()) {
                reading.syntax(
                        output.node().span(), "the output '" + output.key() + "' has no 'value'");
            }
            value.ifPresent(node -> reading.text(node, "outputs", output.key(), scope));
        }
    }

    private static Optional<ContainerImage> image(Mapping runs, String using) {
        return using.equals("docker")
                ? runs.get("image")
                        .flatMap(node ->
                                node.text()
                                        .filter(text -> text.startsWith("docker://"))
                                        .map(text ->
                                                new ContainerImage(
                                                        "",
                                                        text.substring("docker://".length()),
                                                        node.span(),
                                                        "")))
                : Optional.empty();
    }
}
