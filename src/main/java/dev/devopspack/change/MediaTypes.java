package dev.devopspack.change;

import java.util.Map;

/// Media types by the ending of a file's name.
final class MediaTypes {

    private static final Map<String, String> BY_EXTENSION =
            Map.ofEntries(
                    Map.entry("tf", "application/hcl"),
                    Map.entry("tfvars", "application/hcl"),
                    Map.entry("hcl", "application/hcl"),
                    Map.entry("tfbackend", "application/hcl"),
                    Map.entry("json", "application/json"),
                    Map.entry("yaml", "application/yaml"),
                    Map.entry("yml", "application/yaml"),
                    Map.entry("md", "text/markdown"),
                    Map.entry("sh", "application/x-sh"),
                    Map.entry("txt", "text/plain"));

    private MediaTypes() {}

    static String of(ArtifactName name) {
        return BY_EXTENSION.getOrDefault(name.extension(), "application/octet-stream");
    }
}
