package dev.devopspack.language.hcl.value;

import dev.devopspack.language.hcl.value.Value.Bool;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.hcl.value.Value.Num;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Brings values to one type, as the items of a list and the two results of a condition have it.
///
/// Values do not say whether they are a tuple or a list, an object or a map: a list is taken for a
/// tuple and a map for an object, which gives the same values.
public final class Unification {

    private Unification() {}

    /// @param kind of the value; [Kind#ANY] goes with every other
    /// @param items of a tuple, one for each; of a set, list and map the only one
    /// @param members of an object
    private record Type(Kind kind, List<Type> items, Map<String, Type> members) {}

    private enum Kind {
        ANY,
        NUMBER,
        BOOL,
        TEXT,
        SET,
        TUPLE,
        LIST,
        OBJECT,
        MAP
    }

    private static final Type ANY = simple(Kind.ANY);

    private static Type simple(Kind kind) {
        return new Type(kind, List.of(), Map.of());
    }

    private static Type of(Kind kind, Type item) {
        return new Type(kind, List.of(item), Map.of());
    }

    /// The values as they are when they have one type.
    ///
    /// @return empty if no type fits them all
    public static Optional<List<Value>> unified(Collection<Value> values) {
        Type type = unify(values.stream().map(Unification::type).toList());
        return type == null
                ? Optional.empty()
                : Optional.of(values.stream().map(value -> converted(value, type)).toList());
    }

    /// One result of a condition as it is beside the other.
    ///
    /// @return empty if no type fits both
    public static Optional<Value> beside(Value chosen, Value other) {
        return unified(List.of(chosen, other)).map(List::getFirst);
    }

    private static Type type(Value value) {
        return switch (value) {
            case Null _, Unknown _ -> ANY;
            case Num _ -> simple(Kind.NUMBER);
            case Bool _ -> simple(Kind.BOOL);
            case Str _ -> simple(Kind.TEXT);
            case ListValue list when list.set() -> {
                Type item = unify(types(list.items()));
                yield of(Kind.SET, item == null ? ANY : item);
            }
            case ListValue list -> new Type(Kind.TUPLE, types(list.items()), Map.of());
            case ObjectValue object when object.rest() != null -> ANY;
            case ObjectValue object -> {
                Map<String, Type> members = new TreeMap<>();
                object.members().forEach((name, member) -> members.put(name, type(member)));
                yield new Type(Kind.OBJECT, List.of(), members);
            }
        };
    }

    private static List<Type> types(List<Value> values) {
        return values.stream().map(Unification::type).toList();
    }

    /// @return null if there is none
    private static @Nullable Type unify(Collection<Type> types) {
        List<Type> told = types.stream().filter(type -> type.kind != Kind.ANY).toList();
        Set<Kind> kinds = new HashSet<>();
        told.forEach(type -> kinds.add(type.kind));
        if (kinds.isEmpty()) {
            return ANY;
        }
        if (kinds.equals(Set.of(Kind.NUMBER)) || kinds.equals(Set.of(Kind.BOOL))) {
            return told.getFirst();
        }
        if (kinds.contains(Kind.TEXT)) {
            return Set.of(Kind.TEXT, Kind.NUMBER, Kind.BOOL).containsAll(kinds)
                    ? simple(Kind.TEXT)
                    : null;
        }
        if (kinds.equals(Set.of(Kind.OBJECT))) {
            return objects(told);
        }
        if (!Set.of(Kind.SET, Kind.TUPLE).containsAll(kinds)) {
            return null;
        }
        return kinds.contains(Kind.SET) ? sets(told) : tuples(told);
    }

    /// Beside a set a tuple becomes one.
    private static @Nullable Type sets(List<Type> types) {
        Type item =
                unify(
                        types.stream()
                                .filter(type -> type.kind == Kind.SET)
                                .flatMap(type -> type.items.stream())
                                .toList());
        return item == null ? null : of(Kind.SET, item);
    }

    private static @Nullable Type tuples(List<Type> types) {
        int size = types.getFirst().items.size();
        if (types.stream().allMatch(type -> type.items.size() == size)) {
            List<Type> items = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int at = i;
                Type item = unify(types.stream().map(type -> type.items.get(at)).toList());
                if (item != null) {
                    items.add(item);
                }
            }
            if (items.size() == size) {
                return new Type(Kind.TUPLE, items, Map.of());
            }
        }
        Type item = unify(types.stream().flatMap(type -> type.items.stream()).toList());
        return item == null ? null : of(Kind.LIST, item);
    }

    private static @Nullable Type objects(List<Type> types) {
        Set<String> names = types.getFirst().members.keySet();
        if (types.stream().allMatch(type -> type.members.keySet().equals(names))) {
            Map<String, Type> members = new TreeMap<>();
            for (String name : names) {
                Type member =
                        unify(
                                types.stream()
                                        .map(type -> type.members.getOrDefault(name, ANY))
                                        .toList());
                if (member != null) {
                    members.put(name, member);
                }
            }
            if (members.size() == names.size()) {
                return new Type(Kind.OBJECT, List.of(), members);
            }
        }
        Type item = unify(types.stream().flatMap(type -> type.members.values().stream()).toList());
        return item == null ? null : of(Kind.MAP, item);
    }

    private static Value converted(Value value, Type type) {
        return switch (type.kind) {
            case TEXT -> Conversions.text(value).<Value>map(Str::new).orElse(value);
            case TUPLE, LIST ->
                    value instanceof ListValue list ? Value.list(items(list.items(), type)) : value;
            case OBJECT, MAP ->
                    value instanceof ObjectValue object
                            ? new ObjectValue(members(object.members(), type), object.rest())
                            : value;
            case SET ->
                    value instanceof ListValue list
                            ? Conversions.set(
                                    list.items().stream()
                                            .map(item -> converted(item, type.items.getFirst()))
                                            .toList())
                            : value;
            case ANY, NUMBER, BOOL -> value;
        };
    }

    private static List<Value> items(List<Value> items, Type type) {
        List<Value> converted = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            converted.add(converted(items.get(i), type.items.get(type.kind == Kind.LIST ? 0 : i)));
        }
        return converted;
    }

    private static Map<String, Value> members(Map<String, Value> members, Type type) {
        Map<String, Value> converted = new TreeMap<>();
        members.forEach((name, member) ->
                converted.put(
                        name,
                        converted(
                                member,
                                type.kind == Kind.MAP
                                        ? type.items.getFirst()
                                        : type.members.getOrDefault(name, ANY))));
        return converted;
    }
}
