package dev.devopspack.review;

import dev.devopspack.change.Artifacts;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.language.hcl.evaluation.ModuleFolders;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// The root modules of a change set: the folders that Terraform would be run in.
final class RootModules {

    static final RootModules NONE = of(Map.of());

    private final ModuleFiles files;
    private final ModuleFolders folders;

    private RootModules(ModuleFiles files) {
        this.files = files;
        this.folders = ModuleFolders.of(files);
    }

    static RootModules of(Artifacts artifacts) {
        Map<String, String> texts = new HashMap<>();
        artifacts.forEach(artifact -> texts.put(artifact.name().value(), artifact.text()));
        return of(texts);
    }

    private static RootModules of(Map<String, String> texts) {
        return new RootModules(ModuleFiles.of(texts));
    }

    /// By folder; the empty name is the top.
    SortedSet<String> folders() {
        return folders.roots();
    }

    /// What a root module holds; nothing where the folder is none.
    ModuleView view(String folder) {
        return folders.roots().contains(folder)
                ? ModuleView.of(ModuleEvaluator.evaluate(files, folder, Map.of()), folder)
                : ModuleView.NONE;
    }

    /// The folders that none of these root modules reaches, with how many resources each declares;
    /// without those that declare none.
    SortedMap<String, Integer> beyond(Set<String> roots) {
        Set<String> reached = new HashSet<>();
        roots.forEach(root -> reached.addAll(folders.reachedFrom(root)));
        SortedMap<String, Integer> beyond = new TreeMap<>();
        for (String folder : folders.all()) {
            if (!reached.contains(folder) && folders.resources(folder) > 0) {
                beyond.put(folder, folders.resources(folder));
            }
        }
        return beyond;
    }
}
