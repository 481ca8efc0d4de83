package dev.devopspack.approval.enforcement.kubernetes;

import dev.devopspack.change.Hidden;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares an object that is about to be stored with the one that was approved.
///
/// Every field of the approved object must be there with an equal value. Lists must be equally
/// long: one container more is one that nobody approved. Items are found by the key that the API
/// server merges by where their order means nothing, else by their place. What the object has
/// besides must be what the API server fills in by itself ({@link FilledIn}); of kinds that we do
/// not know everything besides is taken.
final class Comparison {

    /// Enough to see what happened; a manifest for another release differs everywhere.
    private static final int MAX_DIFFERENCES = 5;

    private static final int MAX_SHOWN = 80;

    /// Lists whose order means nothing, and what tells their items apart.
    private static final Map<String, String> MERGE_KEYS =
            Map.of(
                    "containers", "name",
                    "volumes", "name",
                    "env", "name",
                    "volumeMounts", "mountPath",
                    "volumeDevices", "devicePath",
                    "imagePullSecrets", "name",
                    "hostAliases", "ip");

    /// Below these fields stand amounts.
    private static final Set<String> AMOUNTS =
            Set.of(
                    "limits",
                    "requests",
                    "capacity",
                    "hard",
                    "default",
                    "defaultRequest",
                    "max",
                    "min",
                    "maxLimitRequestRatio",
                    "overhead",
                    "podFixed");

    private static final Set<String> AMOUNT_FIELDS =
            Set.of("sizeLimit", "averageValue", "divisor", "storage");

    /// What the API server leaves out where it is false, 0 or empty, because that is the default.
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "hostNetwork",
                    "hostPID",
                    "hostIPC",
                    "stdin",
                    "stdinOnce",
                    "tty",
                    "readOnly",
                    "paused",
                    "publishNotReadyAddresses",
                    "minReadySeconds",
                    "initialDelaySeconds",
                    "subPath",
                    "args",
                    "command",
                    "env",
                    "ports",
                    "volumes",
                    "volumeMounts");

    private final FilledIn filledIn;
    private final Map<String, Object> stored;
    private final boolean secret;
    private final List<String> differences = new ArrayList<>();

    private Comparison(FilledIn filledIn, Map<String, Object> stored, boolean secret) {
        this.filledIn = filledIn;
        this.stored = stored;
        this.secret = secret;
    }

    /// @param stored the object before the change; empty where there is none
    /// @return what differs, at most a few; empty where the object is the approved one
    static List<String> differences(
            Map<String, Object> approved, Map<String, Object> object, Map<String, Object> stored) {
        Comparison comparison =
                new Comparison(
                        FilledIn.forApiVersion(String.valueOf(approved.get("apiVersion"))),
                        stored,
                        "Secret".equals(approved.get("kind")));
        comparison.map("", "", approved, object);
        return List.copyOf(comparison.differences);
    }

    private void map(String path, String place, Map<?, ?> approved, Map<?, ?> object) {
        approved.forEach((key, value) -> {
            if (path.isEmpty() && key.equals("status")) {
                return;
            }
            value(child(path, key), child(place, key), value, object.get(key));
        });
        object.forEach((key, value) -> {
            if (!approved.containsKey(key)) {
                besides(child(path, key), child(place, key), value, object);
            }
        });
    }

    private static String child(String path, Object key) {
        return path.isEmpty() ? String.valueOf(key) : path + "." + key;
    }

    private void value(String path, String place, Object approved, @Nullable Object object) {
        if (object == null) {
            if (!leftOut(path, approved)) {
                add(place, "was approved as " + shown(approved) + " and is missing");
            }
            return;
        }
        switch (approved) {
            case Map<?, ?> one when object instanceof Map<?, ?> other ->
                    map(path, place, one, other);
            case List<?> one when object instanceof List<?> other -> list(path, place, one, other);
            default -> {
                if (!same(path, approved, object) && leaf(path).equals("value")) {
                    add(place, "is another value than the approved one");
                } else if (!same(path, approved, object)) {
                    add(place, "is " + shown(object) + " and was approved as " + shown(approved));
                }
            }
        }
    }

    private static boolean leftOut(String path, Object approved) {
        boolean empty =
                switch (approved) {
                    case Map<?, ?> map -> map.isEmpty() && leaf(path).matches("labels|annotations");
                    case List<?> list -> list.isEmpty() && LEFT_OUT.contains(leaf(path));
                    case Boolean flag -> !flag && LEFT_OUT.contains(leaf(path));
                    case BigDecimal number -> number.signum() == 0 && LEFT_OUT.contains(leaf(path));
                    case String text -> text.isEmpty() && LEFT_OUT.contains(leaf(path));
                    default -> false;
                };
        return empty;
    }

    private static String leaf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static boolean same(String path, Object approved, Object object) {
        if (approved instanceof BigDecimal one && object instanceof BigDecimal other) {
            return one.compareTo(other) == 0;
        }
        if (approved.equals(object)) {
            return true;
        }
        return isAmount(path)
                && Quantity.of(approved)
                        .flatMap(one -> Quantity.of(object).map(other -> one.compareTo(other) == 0))
                        .orElse(false);
    }

    private static boolean isAmount(String path) {
        String above = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        return AMOUNTS.contains(leaf(above)) || AMOUNT_FIELDS.contains(leaf(path));
    }

    private void list(String path, String place, List<?> approved, List<?> object) {
        if (approved.size() != object.size()) {
            add(place, "has " + object.size() + " items and was approved with " + approved.size());
            return;
        }
        String key = MERGE_KEYS.get(leaf(path));
        Map<Object, Object> byKey = key == null ? Map.of() : byKey(key, object);
        // A name that was approved twice would let another item hide behind the first.
        boolean named = !byKey.isEmpty() && key != null && !byKey(key, approved).isEmpty();
        for (int i = 0; i < approved.size(); i++) {
            Object item = approved.get(i);
            Object other = object.get(i);
            String at = place + "[" + i + "]";
            Object name = item instanceof Map<?, ?> map && key != null ? map.get(key) : null;
            if (named && name != null) {
                other = byKey.get(name);
                at = place + "[" + shown(name) + "]";
            }
            value(path, at, item, other);
        }
    }

    /// @return nothing where an item has no key or two have the same one
    private static Map<Object, Object> byKey(String key, List<?> items) {
        Map<Object, Object> byKey = new HashMap<>();
        for (Object item : items) {
            if (!(item instanceof Map<?, ?> map)
                    || map.get(key) == null
                    || byKey.put(map.get(key), item) != null) {
                return Map.of();
            }
        }
        return byKey;
    }

    private void besides(String path, String place, Object value, Map<?, ?> siblings) {
        if (filledIn.allows(path, value, siblings, stored)) {
            return;
        }
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() ->
                    map.forEach((key, inner) ->
                            besides(child(path, key), child(place, key), inner, map));
            case List<?> list when !list.isEmpty() && allMaps(list) ->
                    list.forEach(item ->
                            ((Map<?, ?>) item)
                                    .forEach((key, inner) ->
                                            besides(
                                                    child(path, key),
                                                    child(place, key),
                                                    inner,
                                                    (Map<?, ?>) item)));
            default -> add(place, "is " + shown(value) + " and was not approved");
        }
    }

    private static boolean allMaps(List<?> list) {
        Set<Boolean> kinds = new HashSet<>();
        list.forEach(item -> kinds.add(item instanceof Map<?, ?> map && !map.isEmpty()));
        return !kinds.contains(false);
    }

    private void add(String place, String problem) {
        if (differences.size() < MAX_DIFFERENCES) {
            differences.add(Hidden.marked(cut(place)) + " " + problem);
        }
    }

    /// Of what may hold a secret the value is never told.
    private String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case String text when secret || text.length() > MAX_SHOWN -> "a text";
            case String text -> "'" + Hidden.marked(text) + "'";
            case Map<?, ?> map -> map.isEmpty() ? "{}" : "an object";
            case List<?> list -> list.isEmpty() ? "[]" : "a list";
            default -> cut(String.valueOf(value));
        };
    }

    private static String cut(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
