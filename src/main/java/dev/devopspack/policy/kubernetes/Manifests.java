package dev.devopspack.policy.kubernetes;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlSchema;
import dev.devopspack.policy.subject.SubjectReader.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds Kubernetes objects in a file by what stands in it.
final class Manifests {

    /// Lists of lists are not written by people.
    private static final int LIST_DEPTH = 4;

    private static final Pattern API_VERSION =
            Pattern.compile("([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[a-z][-a-z0-9]*[0-9][a-z0-9]*");
    private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]*");

    /// What is meant as an object, also where nothing of it could be read.
    private static final Pattern OBJECT =
            Pattern.compile("(?m)^(apiVersion:(.*\\n)*?kind:|kind:(.*\\n)*?apiVersion:)");

    /// What only Helm fills in: the chart is judged as it is rendered.
    private static final Pattern HELM =
            Pattern.compile(
                    "\\{\\{-?\\s*(\\.(Values|Release|Chart|Capabilities|Files|Template)\\b"
                            + "|(include|template|tpl|toYaml|if|range|with|define|end)\\b|\\$)");

    private final String file;
    private final Map<KubernetesObject, YamlNode.Mapping> written = new LinkedHashMap<>();

    private Manifests(String file) {
        this.file = file;
    }

    /// @param written the objects in the order of the file, with what stands there
    /// @param problems empty where the file is not of Kubernetes; alone where nothing could be read
    record Found(Map<KubernetesObject, YamlNode.Mapping> written, List<Problem> problems) {

        static final Found NOTHING = new Found(Map.of(), List.of());

        Found {
            written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
            problems = List.copyOf(problems);
        }

        List<KubernetesObject> objects() {
            return List.copyOf(written.keySet());
        }
    }

    static Found in(String file, String text) {
        if (!text.contains("apiVersion") || !text.contains("kind")) {
            return Found.NOTHING;
        }
        boolean templated = text.contains("{{");
        if (templated && HELM.matcher(text).find()) {
            return isNamedAsManifest(file) && OBJECT.matcher(text).find()
                    ? new Found(Map.of(), List.of(notRendered(file, text)))
                    : Found.NOTHING;
        }
        YamlFile read = Yaml.read(file, text, YamlSchema.KUBERNETES);
        boolean mayBeBroken = isNamedAsManifest(file) && !templated;
        if (!read.valid() && !mayBeBroken) {
            return Found.NOTHING;
        }
        Manifests manifests = new Manifests(file);
        read.documents().forEach(document -> manifests.add(document, 0));
        if (manifests.written.isEmpty() && (read.valid() || !OBJECT.matcher(text).find())) {
            return Found.NOTHING;
        }
        return new Found(
                manifests.written, read.diagnostics().stream().map(Manifests::problem).toList());
    }

    /// Nobody knows what comes of it, so nobody may take it for fine.
    private static Problem notRendered(String file, String text) {
        Matcher template = HELM.matcher(text);
        int at = template.find() ? template.start() : 0;
        int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        int column = at - text.lastIndexOf('\n', at - 1);
        return new Problem(
                file,
                line,
                column,
                "Helm makes of this template what is known when it is rendered; give what"
                        + " `helm template` prints");
    }

    private static boolean isNamedAsManifest(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    }

    private void add(YamlNode node, int depth) {
        if (node instanceof YamlNode.Sequence sequence && depth < LIST_DEPTH) {
            sequence.items().forEach(item -> add(item, depth + 1));
            return;
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return;
        }
        Optional<String> kind = node.get("kind").flatMap(YamlNode::text);
        Optional<String> apiVersion = node.get("apiVersion").flatMap(YamlNode::text);
        boolean isObject =
                kind.filter(text -> KIND.matcher(text).matches()).isPresent()
                        && apiVersion
                                .filter(text -> API_VERSION.matcher(text).matches())
                                .isPresent();
        if (!isObject) {
            return;
        }
        Optional<YamlNode> items = node.get("items").filter(list -> !list.items().isEmpty());
        if (kind.orElseThrow().endsWith("List") && items.isPresent() && depth < LIST_DEPTH) {
            items.get().items().forEach(item -> add(item, depth + 1));
            return;
        }
        written.put(
                KubernetesObject.of(YamlValues.object(mapping), new YamlPlaces(file, mapping)),
                mapping);
    }

    private static Problem problem(Diagnostic diagnostic) {
        return new Problem(
                diagnostic.file(),
                diagnostic.span().line(),
                diagnostic.span().column(),
                diagnostic.message());
    }
}
