package dev.devopspack.language.kubernetes;

import dev.devopspack.language.yaml.YamlNode;
import java.util.Optional;

/// One object as it is written.
///
/// @param file the name of its file
/// @param partial whether it is a patch: then what it lacks stands elsewhere
public record Manifest(String file, YamlNode.Mapping root, boolean partial) {

    public String apiVersion() {
        return text(root, "apiVersion");
    }

    public String kind() {
        return text(root, "kind");
    }

    public String name() {
        return root.get("metadata").map(metadata -> text(metadata, "name")).orElse("");
    }

    /// As the API server puts it: `default` where none is written.
    public String namespace() {
        String written =
                root.get("metadata").map(metadata -> text(metadata, "namespace")).orElse("");
        return written.isEmpty() ? "default" : written;
    }

    /// The folder of its file with a slash at the end; empty at the top.
    String folder() {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    /// The part at a path of keys.
    Optional<YamlNode> at(String... path) {
        Optional<YamlNode> node = Optional.of(root);
        for (String key : path) {
            node = node.flatMap(parent -> parent.get(key));
        }
        return node;
    }

    static String text(YamlNode node, String key) {
        return node.get(key).flatMap(YamlNode::text).orElse("");
    }
}
