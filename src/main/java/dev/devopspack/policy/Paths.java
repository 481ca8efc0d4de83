package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks dotted paths such as `vpc_config.endpoint_public_access` through objects and blocks.
final class Paths {

    private Paths() {}

    /// The value at the path, the first block where there are several; null where nothing is
    /// written.
    static Object first(@Nullable Object from, String path) {
        Object value = from;
        for (String name : path.split("\\.")) {
            while (value instanceof List<?> list) {
                value = list.isEmpty() ? NullValue.NULL_VALUE : list.getFirst();
            }
            if (value instanceof CelUnknownSet) {
                return value;
            }
            value = value instanceof Map<?, ?> map ? map.get(name) : NullValue.NULL_VALUE;
        }
        return value == null ? NullValue.NULL_VALUE : value;
    }

    /// All values at the path through all blocks, lists flattened; unknown where the blocks are.
    static Object every(@Nullable Object from, String path) {
        if (from instanceof CelUnknownSet) {
            return from;
        }
        List<Object> values = new ArrayList<>();
        flatten(from, values);
        for (String name : path.split("\\.")) {
            List<Object> next = new ArrayList<>();
            for (Object value : values) {
                if (value instanceof CelUnknownSet) {
                    return value;
                }
                Object found =
                        value instanceof Map<?, ?> map ? map.get(name) : NullValue.NULL_VALUE;
                flatten(found, next);
            }
            values = next;
        }
        // One that is surely given is one, although it is not known which.
        if (values.size() == 1
                && values.getFirst() instanceof CelUnknownSet unknown
                && !Unknowns.isGiven(unknown)) {
            return unknown;
        }
        return values;
    }

    private static void flatten(@Nullable Object value, List<Object> into) {
        if (value instanceof List<?> list) {
            list.forEach(item -> flatten(item, into));
        } else if (!Equality.isNull(value)) {
            into.add(value);
        }
    }
}
