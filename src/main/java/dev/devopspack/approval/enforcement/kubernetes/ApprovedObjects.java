package dev.devopspack.approval.enforcement.kubernetes;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Kubernetes objects in the files of a change set, as plain values.
///
/// An object that stands twice counts for nothing: nobody knows which one was meant. A file that
/// cannot be read whole holds none.
final class ApprovedObjects {

    private final Map<ObjectName, Map<String, Object>> objects = new HashMap<>();
    private final List<ObjectName> twice = new ArrayList<>();

    private ApprovedObjects() {}

    static ApprovedObjects in(Artifacts artifacts) {
        ApprovedObjects found = new ApprovedObjects();
        for (Artifact artifact : artifacts.list()) {
            String name = artifact.name().value().toLowerCase(Locale.ROOT);
            if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
                found.read(artifact);
            }
        }
        found.twice.forEach(found.objects::remove);
        return found;
    }

    Optional<Map<String, Object>> find(ObjectName name) {
        return Optional.ofNullable(objects.get(name));
    }

    private void read(Artifact artifact) {
        YamlFile file =
                Yaml.read(
                        artifact.name().value(),
                        new String(artifact.bytes(), StandardCharsets.UTF_8),
                        YamlSchema.KUBERNETES);
        if (file.valid()) {
            file.documents().forEach(document -> add(plain(document), true));
        }
    }

    private void add(@Nullable Object value, boolean lists) {
        if (!(value instanceof Map<?, ?> object)) {
            return;
        }
        if (lists
                && object.get("kind") instanceof String kind
                && kind.endsWith("List")
                && object.get("items") instanceof List<?> items) {
            items.forEach(item -> add(item, false));
            return;
        }
        nameOf(object)
                .ifPresent(name -> {
                    if (objects.put(name, strings(object)) != null) {
                        twice.add(name);
                    }
                });
    }

    /// @return nothing where the object does not say which one it is
    static Optional<ObjectName> nameOf(Map<?, ?> object) {
        if (object.get("apiVersion") instanceof String apiVersion
                && object.get("kind") instanceof String kind
                && object.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("name") instanceof String name) {
            String namespace = metadata.get("namespace") instanceof String given ? given : "";
            return Optional.of(new ObjectName(apiVersion, kind, namespace, name));
        }
        return Optional.empty();
    }

    private static Map<String, Object> strings(Map<?, ?> object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }

    /// What is null is left out, as the API server does.
    private static @Nullable Object plain(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                Map<String, Object> object = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) -> {
                            Object value = plain(entry.value());
                            if (value != null) {
                                object.put(key, value);
                            }
                        });
                yield object;
            }
            case YamlNode.Sequence sequence -> {
                List<Object> list = new ArrayList<>();
                for (YamlNode item : sequence.items()) {
                    Object value = plain(item);
                    list.add(value == null ? "" : value);
                }
                yield list;
            }
            case YamlNode.Scalar scalar ->
                    switch (scalar.value()) {
                        case Long number -> BigDecimal.valueOf(number);
                        case Double number when Double.isFinite(number) ->
                                BigDecimal.valueOf(number);
                        case null -> null;
                        case Object other -> other;
                    };
        };
    }
}
