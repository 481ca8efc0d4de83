package dev.devopspack.language.kubernetes;

import dev.devopspack.language.Span;
import dev.devopspack.language.kubernetes.ManifestProblem.Kind;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.task.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gathers what is wrong in a set of manifests.
final class Problems {

    /// After so many in one file the rest is noise: its first lines say what is wrong with it.
    private static final int MAX_OF_FILE = 200;

    private static final int LONGEST_QUOTE = 50;

    /// Among more names the nearest one costs too much to find: no type of Kubernetes has so many
    /// fields.
    static final int MAX_KNOWN = 300;

    private final List<ManifestProblem> found = new ArrayList<>();
    private final Map<String, Integer> ofFile = new HashMap<>();

    void add(Kind kind, Manifest manifest, Span span, Place place, String message) {
        if (ofFile.merge(manifest.file(), 1, Integer::sum) <= MAX_OF_FILE) {
            found.add(new ManifestProblem(kind, manifest, span, place.text(), message));
        }
    }

    /// Whether more of the manifest's file would be told.
    boolean wants(Manifest manifest) {
        return ofFile.getOrDefault(manifest.file(), 0) < MAX_OF_FILE;
    }

    int count() {
        return found.size();
    }

    List<ManifestProblem> all() {
        return List.copyOf(found);
    }

    /// `; did you mean 'x'?` where a known name is near, else nothing.
    static String suggestion(String name, Collection<String> known) {
        if (known.size() > MAX_KNOWN) {
            return "";
        }
        return known.stream()
                .filter(each -> each.equalsIgnoreCase(name))
                .findFirst()
                .or(() -> Nearest.to(name, known, 1).stream().findFirst())
                .map(each -> "; did you mean " + quoted(each) + "?")
                .orElse("");
    }

    static String quoted(String text) {
        return "'"
                + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text)
                + "'";
    }

    /// Whether some tool fills the text in before Kubernetes reads it.
    static boolean isPlaceholder(String text) {
        return text.contains("${")
                || text.contains("$(")
                || text.contains("{{")
                || text.contains("<%")
                || text.contains("((")
                || (text.startsWith("<") && text.endsWith(">"))
                || (text.startsWith("__") && text.endsWith("__"))
                || (text.startsWith("$") && text.length() > 1)
                || (text.startsWith("@") && text.endsWith("@"));
    }

    static boolean isPlaceholder(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && scalar.value() instanceof String text
                && isPlaceholder(text);
    }

    static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }
}
