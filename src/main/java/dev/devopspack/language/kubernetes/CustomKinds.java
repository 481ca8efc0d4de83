package dev.devopspack.language.kubernetes;

import dev.devopspack.language.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kinds that custom resource definitions of a set bring, with their schemas.
final class CustomKinds {

    private final Map<String, Defined> schemas = new HashMap<>();

    CustomKinds(List<Manifest> manifests) {
        for (Manifest manifest : manifests) {
            boolean defines =
                    manifest.kind().equals("CustomResourceDefinition")
                            && manifest.apiVersion().equals("apiextensions.k8s.io/v1")
                            && !manifest.partial();
            if (defines) {
                add(manifest);
            }
        }
    }

    private void add(Manifest definition) {
        String group = definition.at("spec").map(spec -> Manifest.text(spec, "group")).orElse("");
        String kind = definition.at("spec", "names").map(n -> Manifest.text(n, "kind")).orElse("");
        definition
                .at("spec", "versions")
                .map(YamlNode::items)
                .orElse(List.of())
                .forEach(version ->
                        version.get("schema")
                                .flatMap(schema -> schema.get("openAPIV3Schema"))
                                .ifPresent(schema ->
                                        schemas.putIfAbsent(
                                                group
                                                        + "/"
                                                        + Manifest.text(version, "name")
                                                        + " "
                                                        + kind,
                                                new Defined(schema, definition))));
    }

    /// @param schema the `openAPIV3Schema` of a version
    /// @param definition in which it stands
    record Defined(YamlNode schema, Manifest definition) {}

    Optional<Defined> schema(Manifest manifest) {
        return Optional.ofNullable(schemas.get(manifest.apiVersion() + " " + manifest.kind()));
    }
}
