package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the other files of the repository declare: the actions and workflows that a file calls by
/// `./path`.
final class Neighbours {

    /// Longer files are not looked into: an action or a workflow is some hundred lines.
    private static final int MAX_CHARACTERS = 500_000;

    private final Map<String, String> texts;
    private final Map<String, Optional<Interface>> known = new HashMap<>();

    /// @param texts the text of every file by its name from the root of the repository
    Neighbours(Map<String, String> texts) {
        this.texts = texts;
    }

    /// What a caller sees of an action or a reusable workflow.
    ///
    /// @param secrets empty where it declares none, and then takes any
    /// @param outputs by their names as written
    record Interface(
            Map<String, Declared> inputs,
            Optional<Map<String, Declared>> secrets,
            Map<String, Type> outputs) {}

    /// @param required whether it has to be given: it is required and has no default
    record Declared(Type type, boolean required) {}

    /// @param reference as in `uses: ./.github/actions/build`
    Optional<Interface> action(String reference) {
        String folder = path(reference);
        return known.computeIfAbsent(
                folder + "/",
                key ->
                        root(join(folder, "action.yml"))
                                .or(() -> root(join(folder, "action.yaml")))
                                .filter(root -> root.get("runs").isPresent())
                                .map(root ->
                                        new Interface(
                                                declared(root.get("inputs"), Type.TEXT),
                                                Optional.empty(),
                                                outputs(root))));
    }

    /// @param reference as in `uses: ./.github/workflows/build.yml`
    Optional<Interface> workflow(String reference) {
        return known.computeIfAbsent(
                path(reference),
                path ->
                        root(path)
                                .flatMap(root -> root.get("on"))
                                .flatMap(on -> on.get("workflow_call"))
                                .map(call ->
                                        new Interface(
                                                declared(call.get("inputs"), Type.ANY),
                                                call.get("secrets")
                                                        .map(secrets ->
                                                                declared(
                                                                        Optional.of(secrets),
                                                                        Type.TEXT)),
                                                outputs(call))));
    }

    private Optional<YamlNode> root(String path) {
        String text = texts.get(path);
        if (text == null || text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        YamlFile file = Yaml.read(path, text, YamlSchema.GITHUB);
        return file.documents().stream().findFirst();
    }

    private static Map<String, Declared> declared(Optional<YamlNode> node, Type type) {
        Map<String, Declared> declared = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (node.isPresent()) {
            for (Entry entry : node.get().entries().values()) {
                boolean required =
                        entry.value()
                                        .get("required")
                                        .flatMap(YamlNode::text)
                                        .orElse("")
                                        .equals("true")
                                && entry.value().get("default").isEmpty();
                Type given =
                        type == Type.TEXT
                                ? type
                                : switch (entry.value()
                                        .get("type")
                                        .flatMap(YamlNode::text)
                                        .orElse("")) {
                                    case "boolean" -> Type.BOOL;
                                    case "number" -> Type.NUMBER;
                                    case "string" -> Type.TEXT;
                                    default -> Type.ANY;
                                };
                declared.put(entry.key(), new Declared(given, required));
            }
        }
        return declared;
    }

    private static Map<String, Type> outputs(YamlNode node) {
        Map<String, Type> outputs = new TreeMap<>();
        node.get("outputs")
                .ifPresent(found ->
                        found.entries().keySet().forEach(name -> outputs.put(name, Type.TEXT)));
        return outputs;
    }

    private static String join(String folder, String file) {
        return folder.isEmpty() ? file : folder + "/" + file;
    }

    /// `./a/../b` as `b`.
    private static String path(String reference) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : reference.strip().split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("$")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
