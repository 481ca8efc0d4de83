package dev.devopspack.language.kustomize;

import dev.devopspack.language.kustomize.Kustomization.Patch;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the kustomizations of some files build: the objects that would reach a cluster, where the
/// files alone show what is laid over one another.
///
/// Built is every kustomization that no other one takes in. What lies elsewhere (a base at an
/// address, a chart) is not there, generators make nothing, names keep their prefixes to
/// themselves. A patch whose object is not among the files is laid over nothing: it stays what it
/// is, a file.
public final class KustomizeBuilds {

    /// Overlays over bases over bases; a longer chain is a circle.
    private static final int MAX_CHAIN = 20;

    /// Objects that are changed, in all: more than anybody keeps in one repository.
    private static final int MAX_CHANGED = 20_000;

    /// How often an object is looked at, by all patches of all overlays together: seconds.
    private static final int MAX_LOOKS = 5_000_000;

    private final Nodes nodes = new Nodes();
    private final Map<String, List<Mapping>> written;
    private final Map<String, Kustomization> byFolder = new LinkedHashMap<>();
    private final Set<String> patches = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final Set<Patch> idle = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Mapping, Built> built = new IdentityHashMap<>();
    private final List<Built> inOrder = new ArrayList<>();
    private int changed;
    private int looks;
    private boolean complete = true;

    /// An object as a kustomization makes it.
    ///
    /// @param root where nothing was changed, the very one that is written
    /// @param file of the object it was made of
    public record Built(Mapping root, String file) {}

    private KustomizeBuilds(Map<String, List<Mapping>> written) {
        this.written = written;
    }

    /// @param texts of all files by their names
    /// @param written the objects in them, by file
    public static KustomizeBuilds of(
            Map<String, String> texts, Map<String, List<Mapping>> written) {
        KustomizeBuilds builds = new KustomizeBuilds(written);
        texts.keySet().stream()
                .sorted()
                .forEach(file ->
                        Kustomization.read(file, texts)
                                .ifPresent(found ->
                                        builds.byFolder.putIfAbsent(found.folder(), found)));
        if (!builds.byFolder.isEmpty()) {
            builds.build();
        }
        return builds;
    }

    /// Whether there is any kustomization: then objects are made and renamed outside of manifests.
    public boolean any() {
        return !byFolder.isEmpty();
    }

    /// Whether a file is laid over others.
    public boolean isPatch(String file) {
        return patches.contains(file);
    }

    /// Whether a file's objects stand in {@link #objects()}, as they are or changed; no file's do
    /// where kustomizations take in one another or far too many objects.
    public boolean isBuilt(String file) {
        return complete && used.contains(file);
    }

    /// Each once, in the order of the kustomizations' folders.
    public List<Built> objects() {
        return complete ? List.copyOf(inOrder) : List.of();
    }

    /// In which file a part of an object stands, by identity.
    public Map<YamlNode, String> files() {
        return nodes.files();
    }

    private void build() {
        Set<String> takenIn = new HashSet<>();
        byFolder.values()
                .forEach(each -> {
                    each.paths("resources", "bases", "components").forEach(takenIn::add);
                    each.patches()
                            .forEach(patch -> {
                                idle.add(patch);
                                if (!patch.file().equals(each.file())) {
                                    patches.add(patch.file());
                                }
                            });
                });
        byFolder.forEach((folder, each) -> {
            nodes.own(each.root(), each.file());
            each.patches()
                    .forEach(patch ->
                            patch.documents().forEach(node -> nodes.own(node, patch.file())));
        });
        byFolder.forEach((folder, each) -> {
            if (!takenIn.contains(folder) && !each.component()) {
                objects(each, new HashSet<>()).forEach(this::keep);
            }
        });
        Map<String, Boolean> laid = new HashMap<>();
        byFolder.values().stream()
                .flatMap(each -> each.patches().stream())
                .forEach(patch ->
                        laid.merge(patch.file(), !idle.contains(patch), Boolean::logicalAnd));
        laid.forEach((file, all) -> {
            if (all) {
                used.add(file);
            }
        });
    }

    private void keep(Built object) {
        if (built.putIfAbsent(object.root(), object) == null) {
            inOrder.add(object);
        }
    }

    /// @param chain the folders that are being built: a circle builds nothing
    private List<Built> objects(Kustomization kustomization, Set<String> chain) {
        if (!complete || chain.size() >= MAX_CHAIN || !chain.add(kustomization.folder())) {
            complete = false;
            return List.of();
        }
        List<Built> found = new ArrayList<>();
        // Kustomize refuses what is taken in twice.
        kustomization
                .paths("resources", "bases")
                .distinct()
                .forEach(path -> found.addAll(taken(path, chain)));
        List<Built> with = found;
        for (String path : kustomization.paths("components").toList()) {
            Kustomization component = byFolder.get(path);
            if (component != null && chain.add(path)) {
                component.paths("resources").forEach(each -> found.addAll(taken(each, chain)));
                with = changed(with, component);
                chain.remove(path);
            }
        }
        chain.remove(kustomization.folder());
        return changed(with, kustomization);
    }

    private List<Built> taken(String path, Set<String> chain) {
        if (written.containsKey(path)) {
            used.add(path);
            List<Mapping> roots = written.getOrDefault(path, List.of());
            roots.forEach(root -> nodes.own(root, path));
            return roots.stream().map(root -> new Built(root, path)).toList();
        }
        Kustomization inner = byFolder.get(path);
        return inner == null ? List.of() : objects(inner, chain);
    }

    private List<Built> changed(List<Built> objects, Kustomization kustomization) {
        List<Built> result = objects;
        for (Patch patch : kustomization.patches()) {
            result = laid(result, patch);
        }
        Transformers transformers = new Transformers(nodes, kustomization.root(), result);
        List<Built> made = new ArrayList<>();
        if (!mayLookAt(result)) {
            return objects;
        }
        for (Built each : result) {
            made.add(counted(each, transformers.applied(each.root())));
        }
        return made;
    }

    private List<Built> laid(List<Built> objects, Patch patch) {
        List<Built> result = objects;
        for (YamlNode document : patch.documents()) {
            if (!mayLookAt(result)) {
                return objects;
            }
            List<Built> next = new ArrayList<>();
            for (Built each : result) {
                boolean meant =
                        patch.target()
                                .map(target -> target.matches(each.root()))
                                .orElseGet(() -> Target.names(document, each.root()));
                if (!meant) {
                    next.add(each);
                    continue;
                }
                idle.remove(patch);
                patched(each.root(), document).ifPresent(root -> next.add(counted(each, root)));
            }
            result = next;
        }
        return result;
    }

    private boolean mayLookAt(List<Built> objects) {
        looks = Math.addExact(looks, objects.size());
        complete &= looks <= MAX_LOOKS;
        return complete;
    }

    private Built counted(Built before, Mapping root) {
        if (root == before.root()) {
            return before;
        }
        changed++;
        complete &= changed <= MAX_CHANGED;
        return new Built(root, before.file());
    }

    private Optional<Mapping> patched(Mapping object, YamlNode document) {
        if (JsonPatch.is(document)) {
            return Optional.of(JsonPatch.of(nodes, object, document.items()));
        }
        return document instanceof Mapping patch
                ? StrategicMerge.of(nodes, object, patch)
                : Optional.of(object);
    }
}
