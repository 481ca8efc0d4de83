package dev.devopspack.policy;

import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.policy.ScanResult.Unreadable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Finds the root modules among Terraform files: the folders that no other calls.
final class TerraformRoots {

    /// A change is about one root module or a few; each costs an evaluation of its own.
    static final int OF_A_CHANGE = 50;

    /// A company's whole repository on somebody's own machine.
    static final int OF_A_TREE = 20_000;

    private TerraformRoots() {}

    /// @param unreadable where a module is told of that is one too many
    /// @param most how many root modules are evaluated
    /// @param judge what is done with each: it is forgotten afterwards
    static void evaluate(
            Map<String, ParsedFile> terraform,
            Map<String, String> texts,
            List<Unreadable> unreadable,
            int most,
            Consumer<EvaluatedModule> judge) {
        Set<String> folders = new TreeSet<>();
        Set<String> called = new HashSet<>();
        terraform.forEach((name, file) -> {
            if (name.endsWith(".tf") || name.endsWith(".tf.json")) {
                folders.add(folderOf(name));
                called.addAll(callsOf(folderOf(name), file));
            }
        });
        Roots roots = new Roots(new ModuleFiles(terraform, texts), most, judge);
        folders.stream().filter(folder -> !called.contains(folder)).forEach(roots::evaluate);
        // Folders that only call each other have no root: each is looked at by itself.
        folders.stream().filter(folder -> !roots.seen.contains(folder)).forEach(roots::evaluate);
        folders.stream()
                .filter(folder -> !roots.seen.contains(folder))
                .findFirst()
                .ifPresent(folder -> unreadable.add(tooMany(folder, most)));
    }

    private static final class Roots {

        private final ModuleFiles files;
        private final int most;
        private final Consumer<EvaluatedModule> judge;
        private final Set<String> seen = new HashSet<>();
        private int evaluated;

        Roots(ModuleFiles files, int most, Consumer<EvaluatedModule> judge) {
            this.files = files;
            this.most = most;
            this.judge = judge;
        }

        void evaluate(String folder) {
            if (evaluated == most) {
                return;
            }
            evaluated++;
            EvaluatedModule module = ModuleEvaluator.evaluate(files, folder, Map.of());
            seen.add(folder);
            module.modules().forEach(each -> seen.add(each.directory()));
            judge.accept(module);
        }
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
