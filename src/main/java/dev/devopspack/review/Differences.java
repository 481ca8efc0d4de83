package dev.devopspack.review;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Compares the values of a resource before and after, attribute by attribute.
final class Differences {

    private final List<String> replacePaths = new ArrayList<>();
    private final List<AttributeChange> changes = new ArrayList<>();

    private Differences() {}

    /// @param replacePaths lists of names and indexes, as `replace_paths` of a plan has them
    static List<AttributeChange> between(Datum before, Datum after, Datum replacePaths) {
        Differences differences = new Differences();
        replacePaths.items().forEach(differences::addReplacePath);
        differences.compare("", before, after);
        return List.copyOf(differences.changes);
    }

    private void addReplacePath(Datum steps) {
        String path = "";
        for (Datum step : steps.items()) {
            path =
                    switch (step) {
                        case Datum.Text text -> member(path, text.value());
                        case Datum.Number number -> path + "[" + number.source() + "]";
                        default -> path;
                    };
        }
        replacePaths.add(path);
    }

    private void compare(String path, Datum before, Datum after) {
        if (isContainer(before, after) && hasMembers(before, after)) {
            TreeSet<String> names = new TreeSet<>(before.members().keySet());
            names.addAll(after.members().keySet());
            names.forEach(name -> compare(member(path, name), before.at(name), after.at(name)));
        } else if (isContainer(before, after)) {
            int size = Math.max(before.items().size(), after.items().size());
            for (int i = 0; i < size; i++) {
                compare(path + "[" + i + "]", before.at(i), after.at(i));
            }
        } else if (differ(before, after)) {
            changes.add(new AttributeChange(path, before, after, forcesReplacement(path)));
        }
    }

    /// Two objects, two lists, or one of them and nothing: compared by what they hold.
    private static boolean isContainer(Datum before, Datum after) {
        boolean someMembers = hasMembers(before, after);
        boolean someItems = before instanceof Datum.Items || after instanceof Datum.Items;
        return someMembers != someItems && holds(before) && holds(after);
    }

    private static boolean hasMembers(Datum before, Datum after) {
        return before instanceof Datum.Members || after instanceof Datum.Members;
    }

    private static boolean holds(Datum value) {
        return value instanceof Datum.Members || value instanceof Datum.Items || value.isNothing();
    }

    private static boolean differ(Datum before, Datum after) {
        if (before instanceof Datum.Masked && after instanceof Datum.Masked masked) {
            return masked.changed();
        }
        return !before.equals(after);
    }

    private boolean forcesReplacement(String path) {
        return replacePaths.stream()
                .anyMatch(forced -> within(path, forced) || within(forced, path));
    }

    private static boolean within(String path, String outer) {
        return path.startsWith(outer)
                && (path.length() == outer.length()
                        || outer.isEmpty()
                        || path.charAt(outer.length()) == '.'
                        || path.charAt(outer.length()) == '[');
    }

    private static String member(String path, String name) {
        if (!isPlain(name)) {
            return path + "[" + Shown.quoted(name) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || c == '_'
                                        || c == '-');
    }
}
