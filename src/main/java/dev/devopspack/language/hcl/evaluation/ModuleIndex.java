package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the files of one folder declare, by name. Computed once for each folder, whatever the
/// number of its instances.
final class ModuleIndex {

    /// A block and the file it is in.
    record Declared(String file, Block block) {}

    record DeclaredLocal(String file, Attribute attribute) {}

    private final String directory;
    private boolean whole = true;
    private final Map<String, Declared> variables = new TreeMap<>();
    private final Map<String, DeclaredLocal> locals = new TreeMap<>();
    private final Map<String, Declared> outputs = new TreeMap<>();
    private final Map<String, Declared> calls = new TreeMap<>();
    private final Map<String, Declared> resources = new TreeMap<>();
    private final List<Declared> resourcesAgain = new ArrayList<>();
    private final List<Declared> providers = new ArrayList<>();
    private final List<Declared> settings = new ArrayList<>();
    private final List<Declared> others = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private ModuleIndex(String directory) {
        this.directory = directory;
    }

    static ModuleIndex of(ModuleFiles files, String directory) {
        ModuleIndex index = new ModuleIndex(directory);
        files.in(directory)
                .forEach((path, file) -> {
                    if (isTerraform(path)) {
                        index.add(file);
                    }
                });
        return index;
    }

    static boolean hasModule(ModuleFiles files, String directory) {
        return files.in(directory).keySet().stream().anyMatch(ModuleIndex::isTerraform);
    }

    private static boolean isTerraform(String path) {
        return path.endsWith(".tf") || path.endsWith(".tf.json");
    }

    /// Whether every file could be read, so that nothing that is declared is missing.
    boolean isWhole() {
        return whole;
    }

    private void add(ParsedFile file) {
        whole &= file.valid();
        for (Block block : file.body().blocks()) {
            add(file.name(), block);
        }
    }

    private void add(String file, Block block) {
        Declared declared = new Declared(file, block);
        switch (block.type()) {
            case "variable" -> named(variables, declared, 1);
            case "output" -> named(outputs, declared, 1);
            case "module" -> named(calls, declared, 1);
            case "resource", "data" -> named(resources, declared, 2);
            case "locals" ->
                    block.body().attributes().forEach(attribute -> addLocal(file, attribute));
            case "provider" -> providers.add(declared);
            case "terraform" -> settings.add(declared);
            case "check" -> {
                others.add(declared);
                block.body().blocks("data").forEach(data -> add(file, data));
            }
            default -> others.add(declared);
        }
    }

    private void named(Map<String, Declared> map, Declared declared, int labels) {
        Block block = declared.block();
        if (block.labels().size() != labels) {
            diagnostics.add(
                    new Diagnostic(
                            Diagnostic.Severity.ERROR,
                            declared.file(),
                            block.header(),
                            "the block \""
                                    + block.type()
                                    + "\" has "
                                    + block.labels().size()
                                    + " labels",
                            labels == 1 ? "Give it one: its name" : "Give it two: type and name"));
            return;
        }
        String prefix = block.type().equals("data") ? "data." : "";
        Declared before = map.putIfAbsent(prefix + String.join(".", block.labels()), declared);
        if (before != null) {
            twice(declared.file(), block, before);
            if (map == resources) {
                resourcesAgain.add(declared);
            }
        }
    }

    private void twice(String file, Block block, Declared before) {
        diagnostics.add(
                new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        file,
                        block.header(),
                        block.type()
                                + " \""
                                + String.join(".", block.labels())
                                + "\" is declared before, in "
                                + before.file()
                                + ":"
                                + before.block().span().line(),
                        "Rename or remove one of the two"));
    }

    private void addLocal(String file, Attribute attribute) {
        DeclaredLocal before =
                locals.putIfAbsent(attribute.name(), new DeclaredLocal(file, attribute));
        if (before != null) {
            diagnostics.add(
                    new Diagnostic(
                            Diagnostic.Severity.ERROR,
                            file,
                            attribute.nameSpan(),
                            "local \""
                                    + attribute.name()
                                    + "\" is declared before, in "
                                    + before.file()
                                    + ":"
                                    + before.attribute().span().line(),
                            "Rename or remove one of the two"));
        }
    }

    String directory() {
        return directory;
    }

    Map<String, Declared> variables() {
        return variables;
    }

    Map<String, DeclaredLocal> locals() {
        return locals;
    }

    Map<String, Declared> outputs() {
        return outputs;
    }

    Map<String, Declared> calls() {
        return calls;
    }

    /// By `type.name` and `data.type.name`.
    Map<String, Declared> resources() {
        return resources;
    }

    /// Resources whose name is taken: wrong, but what they say is looked at all the same.
    List<Declared> resourcesAgain() {
        return resourcesAgain;
    }

    List<Declared> providers() {
        return providers;
    }

    List<Declared> settings() {
        return settings;
    }

    List<Declared> others() {
        return others;
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
