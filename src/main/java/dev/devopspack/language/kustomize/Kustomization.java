package dev.devopspack.language.kustomize;

import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One `kustomization.yaml` and the patches that it names.
///
/// @param file its own name
/// @param patches in the order in which they are laid over objects
record Kustomization(String file, Mapping root, List<Patch> patches) {

    private static final Set<String> NAMES =
            Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    /// Parts of objects, or operations on them.
    ///
    /// @param file where it stands, or the kustomization's own
    /// @param target which objects; where there is none, the parts say so themselves
    record Patch(String file, Optional<Target> target, List<YamlNode> documents) {}

    /// @param texts of all files by their names
    static Optional<Kustomization> read(String file, Map<String, String> texts) {
        if (!NAMES.contains(file.substring(file.lastIndexOf('/') + 1))) {
            return Optional.empty();
        }
        return Yaml.read(file, texts.getOrDefault(file, ""), YamlSchema.KUBERNETES)
                .documents()
                .stream()
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .findFirst()
                .map(root -> new Kustomization(file, root, patches(file, root, texts)));
    }

    String folder() {
        return FilePaths.folder(file);
    }

    /// A part that others take in; built for itself it is nothing.
    boolean component() {
        return root.get("kind").flatMap(YamlNode::text).filter("Component"::equals).isPresent();
    }

    /// The files and folders of a list, as names of this scan; what lies elsewhere is left out.
    Stream<String> paths(String... lists) {
        return Stream.of(lists)
                .flatMap(list -> items(root, list))
                .flatMap(item -> item.text().stream())
                .flatMap(path -> FilePaths.resolved(folder(), path).stream());
    }

    private static Stream<YamlNode> items(YamlNode root, String list) {
        return root.get(list).map(YamlNode::items).orElse(List.of()).stream();
    }

    private static List<Patch> patches(String file, Mapping root, Map<String, String> texts) {
        List<Patch> found = new ArrayList<>();
        items(root, "patchesStrategicMerge")
                .forEach(item -> found.add(patch(file, Optional.empty(), item, texts)));
        Stream.of("patches", "patchesJson6902")
                .flatMap(list -> items(root, list))
                .forEach(item ->
                        item.get("path")
                                .or(() -> item.get("patch"))
                                .ifPresent(where ->
                                        found.add(
                                                patch(
                                                        file,
                                                        item.get("target").map(Target::new),
                                                        where,
                                                        texts))));
        return found;
    }

    /// @param where a path, or the patch itself
    private static Patch patch(
            String file, Optional<Target> target, YamlNode where, Map<String, String> texts) {
        String text = where.text().orElse("");
        Optional<String> named =
                FilePaths.resolved(FilePaths.folder(file), text).filter(texts::containsKey);
        if (named.isPresent()) {
            YamlFile read =
                    Yaml.read(
                            named.get(),
                            texts.getOrDefault(named.get(), ""),
                            YamlSchema.KUBERNETES);
            return new Patch(named.get(), target, read.documents());
        }
        boolean inline = text.contains("\n") || text.contains(":");
        return new Patch(
                file,
                target,
                inline && where instanceof Scalar scalar
                        ? inline(file, scalar, texts.getOrDefault(file, ""))
                        : List.of());
    }

    private static List<YamlNode> inline(String file, Scalar block, String text) {
        int lines = block.lineAt(0) - 1;
        int columns = indentation(text, lines) - indentation(block.content(), 0);
        return Yaml.read(file, block.content(), YamlSchema.KUBERNETES).documents().stream()
                .map(document -> Nodes.moved(document, lines, Math.max(columns, 0)))
                .toList();
    }

    private static int indentation(String text, int line) {
        String found = text.lines().skip(line).findFirst().orElse("");
        return found.length() - found.stripLeading().length();
    }
}
