package dev.devopspack.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// Finds secrets in plain text: by their own form, and by the name they stand under.
///
/// What it returns never holds a value.
public final class SecretDetector {

    /// A file with more secrets than this is told of by the first of them.
    private static final int MAX_FINDINGS = 100;

    /// Trees that callers send are bounded by their parsers; this bounds those that are not.
    private static final int MAX_DEPTH = 200;

    /// Generated files full of checksums: only a token's own form counts in them.
    private static final Set<String> GENERATED =
            Set.of(
                    ".terraform.lock.hcl",
                    "package-lock.json",
                    "npm-shrinkwrap.json",
                    "yarn.lock",
                    "pnpm-lock.yaml",
                    "go.sum",
                    "cargo.lock",
                    "poetry.lock",
                    "composer.lock",
                    "gemfile.lock");

    private SecretDetector() {}

    /// The secrets of a file; its name tells how it is written.
    public static List<Secret> inFile(String name, String text) {
        String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        List<Secret> found = new ArrayList<>(shapes(text));
        if (!GENERATED.contains(file)) {
            boolean hcl = file.endsWith(".tf") || file.endsWith(".tfvars") || file.endsWith(".hcl");
            found.addAll(hcl ? HclSecrets.in(name, text) : AssignedSecrets.in(text));
        }
        return ordered(found).stream().limit(MAX_FINDINGS).toList();
    }

    /// The secrets of a free text, all of them: a redaction relies on it.
    public static List<Secret> find(String text) {
        List<Secret> found = new ArrayList<>(shapes(text));
        found.addAll(AssignedSecrets.anywhereIn(text));
        return ordered(found);
    }

    /// The secrets of maps, lists and texts, each with its JSON pointer.
    public static List<Secret> inTree(Object tree) {
        List<Secret> found = new ArrayList<>();
        walk(tree, "", "", 0, found);
        return found.stream().limit(MAX_FINDINGS).toList();
    }

    private static void walk(
            Object node, String pointer, String name, int depth, List<Secret> found) {
        if (depth > MAX_DEPTH) {
            return;
        }
        switch (node) {
            case Map<?, ?> map ->
                    map.forEach((key, value) -> {
                        String text = String.valueOf(key);
                        String step = text.replace("~", "~0").replace("/", "~1");
                        if (value != null) {
                            walk(value, pointer + "/" + step, text, depth + 1, found);
                        }
                    });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    Object item = list.get(i);
                    if (item != null) {
                        walk(item, pointer + "/" + i, name, depth + 1, found);
                    }
                }
            }
            case String text -> inText(text, pointer, name, found);
            default -> {}
        }
    }

    private static void inText(String text, String pointer, String name, List<Secret> found) {
        List<Secret> shapes = find(text);
        if (!shapes.isEmpty()) {
            found.add(shapes.getFirst().at(pointer));
        } else if (SecretValues.isSecret(SecretNames.of(name), text)) {
            found.add(new Secret("password", titleOf(name), name, 0, text.length(), 1, 1, pointer));
        }
    }

    static String titleOf(String name) {
        return "a literal value of '" + Shown.of(name) + "'";
    }

    private static List<Secret> shapes(String text) {
        LineIndex lines = new LineIndex(text);
        return TokenShapes.in(text).stream()
                .map(match ->
                        new Secret(
                                match.kind(),
                                match.title(),
                                "",
                                match.start(),
                                match.end(),
                                lines.line(match.start()),
                                lines.column(match.start()),
                                ""))
                .toList();
    }

    /// In the order of the text; of two that overlap the one that was found first.
    private static List<Secret> ordered(List<Secret> found) {
        NavigableMap<Integer, Secret> kept = new TreeMap<>();
        for (Secret secret : found) {
            Map.Entry<Integer, Secret> before = kept.lowerEntry(secret.end());
            if (before == null || before.getValue().end() <= secret.start()) {
                kept.put(secret.start(), secret);
            }
        }
        return List.copyOf(kept.values());
    }
}
