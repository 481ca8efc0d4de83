package dev.devopspack.manager;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.approval.SecretKinds;
import dev.devopspack.change.Hidden;
import dev.devopspack.change.SecretReference;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlSchema;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds secrets in files other than Terraform's own syntax: Kubernetes objects in YAML and JSON,
/// generators of Kustomize, Terraform in JSON, what SOPS or age sealed.
///
/// What cannot be read, such as a template, counts by its lines: whoever would hide a secret in it
/// is asked about.
final class SecretManifests {

    /// Lists of lists are not written by people.
    private static final int LIST_DEPTH = 4;

    /// A name in a manifest; longer ones are cut.
    private static final int MAX_NAME = 200;

    private static final Pattern KIND =
            Pattern.compile("(?m)[\"']?\\bkind[\"']?\\s*[:=]\\s*[\"']?([A-Za-z]{1,60})");

    private static final String AGE = "age-encryption.org/v1";
    private static final String AGE_ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";

    private final String file;
    private final List<SecretReference> found = new ArrayList<>();

    private SecretManifests(String file) {
        this.file = file;
    }

    static List<SecretReference> in(String file, String text) {
        SecretManifests manifests = new SecretManifests(file);
        if (text.startsWith(AGE) || text.startsWith(AGE_ARMOR)) {
            manifests.add(file, "age");
        } else if (isData(file)) {
            manifests.read(text);
        }
        return manifests.found;
    }

    /// The first kind of secret that is named in a text that is not read as a whole.
    static Optional<String> kindIn(String text) {
        Matcher matcher = KIND.matcher(text);
        while (matcher.find()) {
            if (SecretKinds.inKubernetes(matcher.group(1))) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static boolean isData(String file) {
        return file.endsWith(".yaml")
                || file.endsWith(".yml")
                || file.endsWith(".json")
                || file.endsWith(".tpl");
    }

    private void read(String text) {
        YamlFile read = Yaml.read(file, text, YamlSchema.KUBERNETES);
        read.documents().forEach(document -> object(document, 0));
        if (!read.valid() && found.isEmpty()) {
            kindIn(text).ifPresent(kind -> add(file, kind));
        }
    }

    private void object(YamlNode node, int depth) {
        if (depth > LIST_DEPTH) {
            return;
        }
        String kind = text(node, "kind");
        if (SecretKinds.inKubernetes(text(node, "apiVersion"), kind)) {
            String namespace = node.get("metadata").map(m -> text(m, "namespace")).orElse("");
            String name = node.get("metadata").map(m -> text(m, "name")).orElse("");
            add(
                    TouchedSecrets.folderOf(file)
                            + kind
                            + " "
                            + (namespace.isEmpty() ? name : namespace + "/" + name),
                    kind);
        }
        if (kind.endsWith("List")) {
            node.get("items")
                    .map(YamlNode::items)
                    .orElse(List.of())
                    .forEach(each -> object(each, depth + 1));
        }
        if (node.get("secretGenerator").isPresent()) {
            add(file, "secretGenerator");
        }
        if (node.get("sops").filter(sops -> sops.get("mac").isPresent()).isPresent()) {
            add(file, "sops");
        }
        if (file.endsWith(".tf.json")) {
            node.get("resource").ifPresent(this::terraform);
        }
        // A list of documents in JSON.
        node.items().forEach(each -> object(each, depth + 1));
    }

    private void terraform(YamlNode resources) {
        resources
                .entries()
                .forEach((type, entry) -> {
                    if (SecretKinds.inTerraform(type)) {
                        entry.value()
                                .entries()
                                .keySet()
                                .forEach(name ->
                                        add(
                                                TouchedSecrets.folderOf(file) + type + "." + name,
                                                type));
                    }
                });
    }

    private static String text(YamlNode node, String key) {
        return node.get(key).flatMap(YamlNode::text).orElse("");
    }

    private void add(String name, String kind) {
        String shown = Normalizer.normalize(Hidden.marked(name), Normalizer.Form.NFC);
        found.add(
                new SecretReference(
                        shown.codePointCount(0, shown.length()) <= MAX_NAME
                                ? shown
                                : shown.substring(0, shown.offsetByCodePoints(0, MAX_NAME)) + "…",
                        Hidden.marked(kind)));
    }
}
