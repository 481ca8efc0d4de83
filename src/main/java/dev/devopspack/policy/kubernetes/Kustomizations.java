package dev.devopspack.policy.kubernetes;

import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which files Kustomize lays over others: what they lack stands elsewhere.
final class Kustomizations {

    private static final Set<String> NAMES =
            Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private final Set<String> patches = new HashSet<>();
    private boolean any;

    /// @param texts of all files by their names
    Kustomizations(Map<String, String> texts) {
        texts.forEach((file, text) -> {
            int slash = file.lastIndexOf('/');
            if (NAMES.contains(file.substring(slash + 1))) {
                any = true;
                String folder = file.substring(0, slash + 1);
                Yaml.read(file, text, YamlSchema.KUBERNETES)
                        .documents()
                        .forEach(document -> read(folder, document));
            }
        });
    }

    /// Whether there is any: then objects are made and renamed outside of manifests.
    boolean any() {
        return any;
    }

    boolean isPatch(String file) {
        return patches.contains(file);
    }

    private void read(String folder, YamlNode kustomization) {
        for (String list : List.of("patches", "patchesStrategicMerge", "patchesJson6902")) {
            kustomization
                    .get(list)
                    .map(YamlNode::items)
                    .orElse(List.of())
                    .forEach(item ->
                            item.get("path")
                                    .or(() -> Optional.of(item))
                                    .flatMap(YamlNode::text)
                                    .ifPresent(path -> patches.add(resolved(folder, path))));
        }
    }

    /// `overlays/../base/x.yaml` is `base/x.yaml`.
    private static String resolved(String folder, String path) {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : (folder + path).split("/", -1)) {
            if (step.equals("..") && !steps.isEmpty()) {
                steps.removeLast();
            } else if (!step.equals(".") && !step.isEmpty()) {
                steps.addLast(step);
            }
        }
        return String.join("/", steps);
    }
}
