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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Finds the root modules among Terraform files: the folders that no other calls.
final class TerraformRoots {

    /// A change is about one root module or a few; each costs an evaluation of its own.
    static final int OF_A_CHANGE = 50;

    /// A company's whole repository on somebody's own machine.
    static final int OF_A_TREE = 20_000;

    /// A root module is much work already, but most are small.
    private static final int ROOTS_AT_ONCE = 8;

    private TerraformRoots() {}

    /// Evaluates all root modules, several at a time.
    ///
    /// @param files where a module is told of that is one too many
    /// @param most how many root modules are evaluated
    /// @param judge what is made of each, on any thread; the module is forgotten afterwards
    /// @return what was made, in the order of the folders
    static <T> List<T> evaluate(ScannedFiles files, int most, Function<EvaluatedModule, T> judge) {
        Set<String> folders = new TreeSet<>();
        Set<String> called = new HashSet<>();
        files.terraform.forEach((name, file) -> {
            if (name.endsWith(".tf") || name.endsWith(".tf.json")) {
                folders.add(folderOf(name));
                called.addAll(callsOf(folderOf(name), file));
            }
        });
        ModuleFiles modules = new ModuleFiles(files.terraform, files.texts);
        List<T> made = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<String> roots =
                folders.stream().filter(folder -> !called.contains(folder)).limit(most).toList();
        Parts.of(roots, ROOTS_AT_ONCE)
                .map(part -> part.stream().map(root -> evaluated(modules, root, judge)).toList())
                .toList()
                .forEach(part ->
                        part.forEach(root -> {
                            seen.addAll(root.folders());
                            made.add(root.made());
                        }));
        // Folders that only call each other have no root: each is looked at by itself.
        for (String folder : folders) {
            if (!seen.contains(folder) && made.size() < most) {
                Root<T> root = evaluated(modules, folder, judge);
                seen.addAll(root.folders());
                made.add(root.made());
            }
        }
        folders.stream()
                .filter(folder -> !seen.contains(folder))
                .findFirst()
                .ifPresent(folder -> files.unreadable.add(tooMany(folder, most)));
        return made;
    }

    /// @param folders those of the root and of all modules that it calls
    private record Root<T>(Set<String> folders, T made) {}

    private static <T> Root<T> evaluated(
            ModuleFiles files, String folder, Function<EvaluatedModule, T> judge) {
        EvaluatedModule module = ModuleEvaluator.values(files, folder);
        Set<String> seen = new HashSet<>();
        seen.add(folder);
        module.modules().forEach(each -> seen.add(each.directory()));
        return new Root<>(seen, judge.apply(module));
    }

    private static Unreadable tooMany(String folder, int most) {
        return new Unreadable(
                folder, 1, 1, "there are more than " + most + " root modules, from here on");
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
