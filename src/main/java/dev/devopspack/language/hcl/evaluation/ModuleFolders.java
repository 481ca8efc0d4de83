package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Block;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which folders hold modules and which call which, as their literal sources say. Nothing is
/// evaluated for it.
public final class ModuleFolders {

    /// @param calls the folders of the modules that it calls, without itself
    /// @param resources how many managed resources it declares, whatever their `count`
    private record Folder(Set<String> calls, int resources) {}

    private final Map<String, Folder> folders;

    private ModuleFolders(Map<String, Folder> folders) {
        this.folders = folders;
    }

    public static ModuleFolders of(ModuleFiles files) {
        Map<String, Folder> folders = new TreeMap<>();
        for (String path : files.configuration().keySet()) {
            String folder = Paths.folder(path);
            if (!folders.containsKey(folder) && ModuleIndex.hasModule(files, folder)) {
                folders.put(folder, read(folder, ModuleIndex.of(files, folder)));
            }
        }
        return new ModuleFolders(folders);
    }

    private static Folder read(String folder, ModuleIndex index) {
        Set<String> calls = new HashSet<>();
        for (ModuleIndex.Declared call : index.calls().values()) {
            Calls.source(call.block().body())
                    .filter(source -> source.startsWith("."))
                    .flatMap(source -> Paths.join(folder, source))
                    .filter(called -> !called.equals(folder))
                    .ifPresent(calls::add);
        }
        int resources =
                (int)
                        index.resources().values().stream()
                                .map(ModuleIndex.Declared::block)
                                .map(Block::type)
                                .filter("resource"::equals)
                                .count();
        return new Folder(calls, resources);
    }

    /// All that hold a module; the empty name is the top of the files.
    public SortedSet<String> all() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(folders.keySet()));
    }

    /// Those that no other calls, and the top. Folders that only call each other have none.
    public SortedSet<String> roots() {
        SortedSet<String> roots = new TreeSet<>(folders.keySet());
        folders.values()
                .forEach(folder ->
                        folder.calls().stream()
                                .filter(called -> !called.isEmpty())
                                .forEach(roots::remove));
        return roots;
    }

    /// The folder and all whose modules it calls, however deep.
    public Set<String> reachedFrom(String folder) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>();
        next.add(folder);
        while (!next.isEmpty()) {
            String each = next.poll();
            if (folders.containsKey(each) && reached.add(each)) {
                next.addAll(folders.get(each).calls());
            }
        }
        return reached;
    }

    /// How many managed resources the files of a folder declare, whatever their `count`.
    public int resources(String folder) {
        Folder found = folders.get(folder);
        return found == null ? 0 : found.resources();
    }
}
