package dev.devopspack.gate.quality;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The Terraform files of a change set, parsed once: modules by folder, variable files, and who
/// calls whom.
final class TerraformFiles {
    private final Artifacts artifacts;
    private final SortedMap<String, Module> modules = new TreeMap<>();
    private final List<ParsedFile> variableFiles = new ArrayList<>();

    /// One folder of `.tf` files.
    ///
    /// @param folder `/` between its parts, empty for the top
    record Module(String folder, List<ParsedFile> files) {
        Module {
            files = List.copyOf(files);
        }

        /// All top-level blocks of a type, each with its file.
        List<Placed> blocks(String type) {
            return files.stream()
                    .flatMap(file ->
                            file.body().blocks(type).stream().map(block -> new Placed(file, block)))
                    .toList();
        }
    }

    /// A block and the file it stands in.
    record Placed(ParsedFile file, Block block) {
        Span span() {
            return block.header();
        }
    }

    private TerraformFiles(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    static TerraformFiles of(Artifacts artifacts) {
        TerraformFiles files = new TerraformFiles(artifacts);
        SortedMap<String, List<ParsedFile>> byFolder = new TreeMap<>();
        for (Artifact artifact : artifacts) {
            String name = artifact.name().value();
            if (name.endsWith(".tf")) {
                byFolder.computeIfAbsent(folderOf(name), folder -> new ArrayList<>())
                        .add(HclParser.parse(name, artifact.bytes()));
            } else if (name.endsWith(".tfvars")) {
                files.variableFiles.add(HclParser.parse(name, artifact.bytes()));
            }
        }
        byFolder.forEach((folder, parsed) -> files.modules.put(folder, new Module(folder, parsed)));
        return files;
    }

    Artifacts artifacts() {
        return artifacts;
    }

    /// The modules in the order of their folders.
    List<Module> modules() {
        return List.copyOf(modules.values());
    }

    Optional<Module> module(String folder) {
        return Optional.ofNullable(modules.get(folder));
    }

    List<ParsedFile> variableFiles() {
        return List.copyOf(variableFiles);
    }

    /// Every `.tf` and `.tfvars` file.
    List<ParsedFile> all() {
        List<ParsedFile> all = new ArrayList<>();
        modules.values().forEach(module -> all.addAll(module.files()));
        all.addAll(variableFiles);
        return all;
    }

    /// Folders that terraform would be started in: the top one, and those that no other module
    /// calls.
    SortedSet<String> roots() {
        Set<String> called = new TreeSet<>();
        for (Module module : modules.values()) {
            for (Placed call : module.blocks("module")) {
                localSource(module.folder(), call.block())
                        .filter(folder -> !folder.equals(module.folder()))
                        .ifPresent(called::add);
            }
        }
        SortedSet<String> roots = new TreeSet<>(modules.keySet());
        roots.removeIf(folder -> !folder.isEmpty() && called.contains(folder));
        return roots.isEmpty() ? new TreeSet<>(modules.keySet()) : roots;
    }

    /// The folder that a module call names, if its source is a literal path that stays inside the
    /// change set.
    static Optional<String> localSource(String folder, Block call) {
        List<Attribute> sources =
                call.body().attributes().stream().filter(a -> a.name().equals("source")).toList();
        if (sources.size() != 1 || !(sources.getFirst().value() instanceof Template template)) {
            return Optional.empty();
        }
        return template.literal()
                .filter(source ->
                        source.startsWith("./")
                                || source.startsWith("../")
                                || source.equals(".")
                                || source.equals(".."))
                .filter(source ->
                        source.chars()
                                .noneMatch(c ->
                                        c == '\\'
                                                || c == '?'
                                                || c == '*'
                                                || c == ':'
                                                || Character.isISOControl(c)))
                .filter(source -> !source.contains("//"))
                .flatMap(source -> resolved(folder, source));
    }

    /// The path from a folder, dots resolved; nothing if it leaves the change set.
    static Optional<String> resolved(String folder, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : (folder + "/" + path).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    static String folderOf(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /// All called modules reachable from a root, the root first.
    List<Module> reachable(String root) {
        Map<String, Module> reached = new TreeMap<>();
        List<String> waiting = new ArrayList<>(List.of(root));
        List<Module> inOrder = new ArrayList<>();
        while (!waiting.isEmpty()) {
            String folder = waiting.removeFirst();
            Module module = modules.get(folder);
            if (module != null && reached.put(folder, module) == null) {
                inOrder.add(module);
                module.blocks("module")
                        .forEach(call -> localSource(folder, call.block()).ifPresent(waiting::add));
            }
        }
        return inOrder;
    }
}
