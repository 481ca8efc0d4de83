package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.Map;
import java.util.TreeMap;

/// The files of a root module and of its local child modules, by their path with `/` relative to a
/// common folder.
///
/// @param configuration parsed `.tf`, `.tf.json`, `.tfvars` and `.tfvars.json` files
/// @param texts all other files, for `file` and `templatefile`
public record ModuleFiles(Map<String, ParsedFile> configuration, Map<String, String> texts) {

    public ModuleFiles {
        configuration = Map.copyOf(configuration);
        texts = Map.copyOf(texts);
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
