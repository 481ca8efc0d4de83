package dev.devopspack.review;

import dev.devopspack.language.data.DataException;
import dev.devopspack.language.data.DataNode;
import dev.devopspack.language.data.DataReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A data file of this program, for example `/review/secret-attributes.yaml`.
///
/// It ships with the program: one that cannot be read is a broken build.
final class ReviewData {

    private final String name;
    private final Map<String, DataNode.Entry> entries;

    private ReviewData(String name, Map<String, DataNode.Entry> entries) {
        this.name = name;
        this.entries = entries;
    }

    static ReviewData read(String name) {
        try (InputStream in = ReviewData.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (DataReader.read(text) instanceof DataNode.Mapping mapping) {
                return new ReviewData(name, mapping.entries());
            }
            throw new IllegalStateException(name + " holds no mapping");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DataException e) {
            throw new IllegalStateException(name + " " + e.place() + ": " + e.problem(), e);
        }
    }

    List<String> list(String key) {
        return strings(node(key));
    }

    Map<String, List<String>> lists(String key) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        if (node(key) instanceof DataNode.Mapping mapping) {
            mapping.entries().forEach((item, entry) -> lists.put(item, strings(entry.value())));
            return lists;
        }
        throw new IllegalStateException(name + ": " + key + " is no mapping");
    }

    /// A list of mappings from names to plain values.
    List<Map<String, Object>> records(String key) {
        if (node(key).plain() instanceof List<?> list) {
            return list.stream().map(this::record).toList();
        }
        throw new IllegalStateException(name + ": " + key + " is no list");
    }

    String text(String key) {
        return String.valueOf(node(key).plain());
    }

    private Map<String, Object> record(Object value) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> values.put(String.valueOf(key), item));
            return values;
        }
        throw new IllegalStateException(name + ": an item is no mapping");
    }

    private DataNode node(String key) {
        DataNode.Entry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalStateException(name + ": " + key + " is missing");
        }
        return entry.value();
    }

    private List<String> strings(DataNode node) {
        if (node.plain() instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new IllegalStateException(name + ": a list is missing");
    }
}
