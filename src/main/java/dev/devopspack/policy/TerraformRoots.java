package dev.devopspack.policy;

import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.policy.ScanResult.Unreadable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds the root modules among Terraform files: the folders that no other calls.
final class TerraformRoots {

    /// A change is about one root module or a few; each costs an evaluation of its own.
    private static final int MAX_ROOTS = 50;

    private TerraformRoots() {}

    /// @param unreadable where a module is told of that is one too many
    static List<EvaluatedModule> evaluated(
            Map<String, ParsedFile> terraform,
            Map<String, String> texts,
            List<Unreadable> unreadable) {
        ModuleFiles files = new ModuleFiles(terraform, texts);
        Set<String> folders = new TreeSet<>();
        Set<String> called = new HashSet<>();
        terraform.forEach((name, file) -> {
            if (name.endsWith(".tf") || name.endsWith(".tf.json")) {
                folders.add(folderOf(name));
                called.addAll(callsOf(folderOf(name), file));
            }
        });
        List<EvaluatedModule> roots = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        folders.stream()
                .filter(folder -> !called.contains(folder))
                .forEach(folder -> evaluate(files, folder, roots, seen));
        // Folders that only call each other have no root: each is looked at by itself.
        folders.stream()
                .filter(folder -> !seen.contains(folder))
                .forEach(folder -> evaluate(files, folder, roots, seen));
        folders.stream()
                .filter(folder -> !seen.contains(folder))
                .findFirst()
                .ifPresent(folder -> unreadable.add(tooMany(folder)));
        return roots;
    }

    private static Unreadable tooMany(String folder) {
        return new Unreadable(
                folder, 1, 1, "there are more than " + MAX_ROOTS + " root modules, from here on");
    }

    private static void evaluate(
            ModuleFiles files, String folder, List<EvaluatedModule> roots, Set<String> seen) {
        if (roots.size() == MAX_ROOTS) {
            return;
        }
        EvaluatedModule module = ModuleEvaluator.evaluate(files, folder, Map.of());
        roots.add(module);
        seen.add(folder);
        module.modules().forEach(each -> seen.add(each.directory()));
    }

    private static String folderOf(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    private static List<String> callsOf(String folder, ParsedFile file) {
        return file.body().blocks("module").stream()
                .flatMap(block -> block.body().attribute("source").stream())
                .map(Hcl.Attribute::value)
                .flatMap(value ->
                        value instanceof Hcl.Template t
                                ? t.literal().stream()
                                : Optional.<String>empty().stream())
                .filter(source -> source.startsWith("./") || source.startsWith("../"))
                .map(source -> resolved(folder, source))
                .filter(called -> !called.equals(folder))
                .toList();
    }

    private static String resolved(String folder, String source) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + source).split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
