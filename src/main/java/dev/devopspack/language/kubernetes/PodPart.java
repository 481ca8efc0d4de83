package dev.devopspack.language.kubernetes;

import dev.devopspack.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pod that an object is or makes.
///
/// @param metadata of the pod or of its template
/// @param place where the spec stands
record PodPart(Optional<YamlNode> metadata, YamlNode.Mapping spec, Place place) {

    private static final Map<String, List<String>> TEMPLATES =
            Map.of(
                    "Pod", List.of(),
                    "Deployment", List.of("spec", "template"),
                    "StatefulSet", List.of("spec", "template"),
                    "DaemonSet", List.of("spec", "template"),
                    "ReplicaSet", List.of("spec", "template"),
                    "ReplicationController", List.of("spec", "template"),
                    "Job", List.of("spec", "template"),
                    "CronJob", List.of("spec", "jobTemplate", "spec", "template"));

    static Optional<PodPart> of(Manifest manifest) {
        List<String> path = TEMPLATES.get(manifest.kind());
        if (path == null) {
            return Optional.empty();
        }
        Place place = Place.ROOT;
        Optional<YamlNode> template = Optional.of(manifest.root());
        for (String step : path) {
            template = template.flatMap(node -> node.get(step));
            place = place.key(step);
        }
        Place spec = place.key("spec");
        return template.flatMap(pod ->
                pod.get("spec")
                        .filter(YamlNode.Mapping.class::isInstance)
                        .map(YamlNode.Mapping.class::cast)
                        .map(found -> new PodPart(pod.get("metadata"), found, spec)));
    }

    Map<String, YamlNode.Entry> labels() {
        return metadata.flatMap(node -> node.get("labels")).map(YamlNode::entries).orElse(Map.of());
    }

    /// @param place where it stands
    record Container(YamlNode node, Place place) {}

    /// Those that start with the pod and those that run in it.
    List<Container> containers() {
        List<Container> containers = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            List<YamlNode> items = spec.get(list).map(YamlNode::items).orElse(List.of());
            for (int i = 0; i < items.size(); i++) {
                containers.add(new Container(items.get(i), place.key(list).item(i)));
            }
        }
        return containers;
    }

    List<YamlNode> volumes() {
        return spec.get("volumes").map(YamlNode::items).orElse(List.of());
    }
}
