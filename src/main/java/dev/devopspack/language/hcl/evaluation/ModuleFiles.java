package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The files of a root module and of its local child modules, by their path with `/` relative to a
/// common folder.
public final class ModuleFiles {

    private final Map<String, ParsedFile> configuration;
    private final Map<String, String> texts;
    private final Map<String, NavigableMap<String, ParsedFile>> folders = new HashMap<>();

    /// @param configuration parsed `.tf`, `.tf.json`, `.tfvars` and `.tfvars.json` files
    /// @param texts all other files, for `file` and `templatefile`
    public ModuleFiles(Map<String, ParsedFile> configuration, Map<String, String> texts) {
        this.configuration = Map.copyOf(configuration);
        this.texts = Map.copyOf(texts);
        configuration.forEach((path, file) ->
                folders.computeIfAbsent(Paths.folder(path), folder -> new TreeMap<>())
                        .put(path, file));
    }

    public Map<String, ParsedFile> configuration() {
        return configuration;
    }

    public Map<String, String> texts() {
        return texts;
    }

    /// The configuration of one folder, without that of the folders in it; sorted by path.
    NavigableMap<String, ParsedFile> in(String folder) {
        return folders.getOrDefault(folder, Collections.emptyNavigableMap());
    }

    /// Sorts files into configuration, which is parsed, and other texts.
    public static ModuleFiles of(Map<String, String> files) {
        Map<String, ParsedFile> configuration = new TreeMap<>();
        Map<String, String> texts = new TreeMap<>();
        files.forEach((name, text) -> {
            if (isConfiguration(name)) {
                configuration.put(name, HclParser.parse(name, text));
            } else {
                texts.put(name, text);
            }
        });
        return new ModuleFiles(configuration, texts);
    }

    /// Whether Terraform reads a file of this name as configuration or variable values.
    public static boolean isConfiguration(String name) {
        return name.endsWith(".tf")
                || name.endsWith(".tf.json")
                || name.endsWith(".tfvars")
                || name.endsWith(".tfvars.json");
    }
}
