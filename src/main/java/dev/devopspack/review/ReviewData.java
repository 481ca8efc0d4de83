package dev.devopspack.review;

import dev.devopspack.language.data.ShippedFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A data file of this program, for example `/review/secret-attributes.yaml`.
///
/// It ships with the program: one that cannot be read is a broken build.
final class ReviewData {

    private final String name;
    private final Map<String, Object> values;

    private ReviewData(String name) {
        this.name = name;
        this.values = ShippedFile.values(name);
    }

    static ReviewData read(String name) {
        return new ReviewData(name);
    }

    List<String> list(String key) {
        return strings(value(key));
    }

    Map<String, List<String>> lists(String key) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        if (value(key) instanceof Map<?, ?> mapping) {
            mapping.forEach((item, list) -> lists.put(String.valueOf(item), strings(list)));
            return lists;
        }
        throw new IllegalStateException(name + ": " + key + " is no mapping");
    }

    /// A list of mappings from names to plain values.
    List<Map<String, Object>> records(String key) {
        if (value(key) instanceof List<?> list) {
            return list.stream().map(this::record).toList();
        }
        throw new IllegalStateException(name + ": " + key + " is no list");
    }

    String text(String key) {
        return String.valueOf(value(key));
    }

    private Map<String, Object> record(Object value) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> values.put(String.valueOf(key), item));
            return values;
        }
        throw new IllegalStateException(name + ": an item is no mapping");
    }

    private Object value(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalStateException(name + ": " + key + " is missing");
        }
        return value;
    }

    private List<String> strings(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new IllegalStateException(name + ": a list is missing");
    }
}
