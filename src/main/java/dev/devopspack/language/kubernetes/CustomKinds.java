package dev.devopspack.language.kubernetes;

import dev.devopspack.language.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The kinds that custom resource definitions of a set bring, with their schemas.
final class CustomKinds {

    private final Map<String, Defined> schemas = new HashMap<>();

    /// The API versions in which each kind, by its group, is served.
    private final Map<String, Set<String>> served = new HashMap<>();

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
        Set<String> ofKind = served.computeIfAbsent(group + " " + kind, _ -> new TreeSet<>());
        definition
                .at("spec", "versions")
                .map(YamlNode::items)
                .orElse(List.of())
                .forEach(version -> {
                    String apiVersion = group + "/" + Manifest.text(version, "name");
                    if (!Manifest.text(version, "served").equals("false")) {
                        ofKind.add(apiVersion);
                    }
                    version.get("schema")
                            .flatMap(schema -> schema.get("openAPIV3Schema"))
                            .ifPresent(schema ->
                                    schemas.putIfAbsent(
                                            apiVersion + " " + kind,
                                            new Defined(schema, definition)));
                });
    }

    /// @param schema the `openAPIV3Schema` of a version
    /// @param definition in which it stands
    record Defined(YamlNode schema, Manifest definition) {}

    Optional<Defined> schema(Manifest manifest) {
        return Optional.ofNullable(schemas.get(manifest.apiVersion() + " " + manifest.kind()));
    }

    /// The API versions that the definition of an object's kind serves, where its own is none of
    /// them; empty where it is, or where nothing here defines the kind.
    Set<String> insteadOf(Manifest manifest) {
        String apiVersion = manifest.apiVersion();
        int end = apiVersion.lastIndexOf('/');
        Set<String> known =
                served.getOrDefault(
                        apiVersion.substring(0, Math.max(0, end)) + " " + manifest.kind(),
                        Set.of());
        return known.contains(apiVersion) ? Set.of() : known;
    }
}
