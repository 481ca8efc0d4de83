package dev.devopspack.language.kustomize;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.devopspack.language.yaml.YamlNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which objects a patch is for: those that have every field that it names.
///
/// https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
final class Target {

    /// Names are shorter; a longer pattern is no name.
    private static final int MAX_PATTERN = 1_000;

    private final YamlNode written;

    Target(YamlNode written) {
        this.written = written;
    }

    /// The object that a part of it names itself.
    static boolean names(YamlNode patch, YamlNode object) {
        return text(patch, "kind").equals(text(object, "kind"))
                && group(patch).equals(group(object))
                && metadata(patch, "name").equals(metadata(object, "name"))
                && (metadata(patch, "namespace").isEmpty()
                        || metadata(patch, "namespace").equals(metadata(object, "namespace")));
    }

    boolean matches(YamlNode object) {
        return same("group", group(object))
                && same("version", version(object))
                && same("kind", text(object, "kind"))
                && fits("name", metadata(object, "name"))
                && fits("namespace", metadata(object, "namespace"))
                && selects("labelSelector", object, "labels")
                && selects("annotationSelector", object, "annotations");
    }

    private boolean same(String field, String value) {
        String wanted = text(written, field);
        return wanted.isEmpty() || wanted.equals(value);
    }

    /// Names are patterns over the whole name.
    private boolean fits(String field, String value) {
        String wanted = text(written, field);
        if (wanted.isEmpty() || wanted.equals(value)) {
            return true;
        }
        try {
            return wanted.length() <= MAX_PATTERN
                    && Pattern.compile(wanted).matcher(value).matches();
        } catch (PatternSyntaxException _) {
            return false;
        }
    }

    /// `a=b,c!=d,e,!f`; what else a selector may say selects nothing here.
    private boolean selects(String field, YamlNode object, String table) {
        String wanted = text(written, field);
        Optional<YamlNode> has = object.get("metadata").flatMap(metadata -> metadata.get(table));
        return wanted.isEmpty()
                || Arrays.stream(wanted.split(",", -1))
                        .map(String::strip)
                        .allMatch(each -> selects(each, has));
    }

    private static boolean selects(String condition, Optional<YamlNode> table) {
        List<String> sides =
                Arrays.stream(condition.split("!=|==|=", 2)).map(String::strip).toList();
        if (sides.size() == 1) {
            boolean absent = condition.startsWith("!");
            return table.flatMap(each -> each.get(absent ? condition.substring(1) : condition))
                            .isPresent()
                    != absent;
        }
        boolean equal =
                table.flatMap(each -> each.get(sides.getFirst()))
                        .flatMap(YamlNode::text)
                        .filter(sides.getLast()::equals)
                        .isPresent();
        return equal != condition.contains("!=");
    }

    private static String text(YamlNode node, String field) {
        return node.get(field).flatMap(YamlNode::text).orElse("");
    }

    private static String metadata(YamlNode object, String field) {
        return object.get("metadata").map(metadata -> text(metadata, field)).orElse("");
    }

    private static String group(YamlNode object) {
        String version = text(object, "apiVersion");
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    private static String version(YamlNode object) {
        String version = text(object, "apiVersion");
        return version.substring(version.indexOf('/') + 1);
    }
}
