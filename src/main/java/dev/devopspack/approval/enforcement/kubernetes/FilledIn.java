package dev.devopspack.approval.enforcement.kubernetes;

import dev.devopspack.language.data.ShippedFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the API server fills in by itself, as it stands in `enforcement/kubernetes-defaults.yaml`.
///
/// Of an API group that is not listed there we do not know the defaults: everything is taken.
final class FilledIn {

    private static final String FILE = "/enforcement/kubernetes-defaults.yaml";

    private static final FilledIn KNOWN = read();
    private static final FilledIn ANYTHING = new FilledIn(Set.of(), List.of(), true);

    private final Set<String> groups;
    private final List<Field> fields;
    private final boolean anything;

    private FilledIn(Set<String> groups, List<Field> fields, boolean anything) {
        this.groups = groups;
        this.fields = fields;
        this.anything = anything;
    }

    /// @param path the end of the path, or the whole of it
    /// @param values what it may be; empty where it may be anything
    /// @param sameAs a field beside it that has the same value
    /// @param unchanged whether it must be what the stored object has
    private record Field(
            String path,
            boolean whole,
            List<Object> values,
            @Nullable String sameAs,
            boolean unchanged) {

        boolean fits(String at) {
            return whole ? at.equals(path) : at.endsWith(path);
        }

        boolean allows(Object value, Map<?, ?> siblings, Map<?, ?> stored) {
            if (unchanged) {
                return value.equals(at(stored));
            }
            if (sameAs != null) {
                return value.equals(siblings.get(sameAs));
            }
            return values.isEmpty() || values.stream().anyMatch(one -> same(one, value));
        }

        private @Nullable Object at(Map<?, ?> stored) {
            Object value = stored;
            for (String name : path.split("\\.")) {
                value = value instanceof Map<?, ?> map ? map.get(name) : null;
            }
            return value;
        }

        private static boolean same(Object one, Object value) {
            if (one instanceof BigDecimal number && value instanceof BigDecimal other) {
                return number.compareTo(other) == 0;
            }
            return one.equals(value);
        }
    }

    /// @param apiVersion of the object, for example `apps/v1`
    static FilledIn forApiVersion(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return KNOWN.groups.contains(group) ? KNOWN : ANYTHING;
    }

    /// Whether the field that nobody approved is one that the API server adds.
    ///
    /// @param path without indexes of lists
    /// @param stored the object as it is stored before the change; empty where there is none
    boolean allows(String path, Object value, Map<?, ?> siblings, Map<?, ?> stored) {
        return anything
                || fields.stream()
                        .anyMatch(
                                field -> field.fits(path) && field.allows(value, siblings, stored));
    }

    private static FilledIn read() {
        Map<String, Object> file = ShippedFile.values(FILE);
        Set<String> groups = new HashSet<>();
        list(file, "groups").forEach(group -> groups.add((String) group));
        List<Field> fields = new ArrayList<>();
        list(file, "fields").forEach(field -> fields.add(field((Map<?, ?>) field)));
        return new FilledIn(Set.copyOf(groups), List.copyOf(fields), false);
    }

    private static List<?> list(Map<?, ?> file, String name) {
        if (file.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IllegalStateException(FILE + " has no list of " + name);
    }

    private static Field field(Map<?, ?> field) {
        String path = String.valueOf(field.get("path"));
        boolean whole = path.startsWith("^");
        List<Object> values = new ArrayList<>();
        if (field.get("values") instanceof List<?> list) {
            list.forEach(value ->
                    values.add(value instanceof Long number ? BigDecimal.valueOf(number) : value));
        }
        boolean any = Boolean.TRUE.equals(field.get("any"));
        String sameAs = field.get("same-as") instanceof String name ? name : null;
        boolean unchanged = Boolean.TRUE.equals(field.get("unchanged"));
        if (values.isEmpty() != (any || sameAs != null || unchanged)) {
            throw new IllegalStateException(
                    path + " says not one of values, any, same-as, unchanged");
        }
        return new Field(
                whole ? path.substring(1) : path, whole, List.copyOf(values), sameAs, unchanged);
    }
}
