package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Arithmetic;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Bool;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Functions of lists and maps. Items that are not known stay in their place.
final class CollectionFunctions {

    private CollectionFunctions() {}

    static void addTo(Registry all) {
        all.shaped("length", 1, CollectionFunctions::length);
        all.any("coalesce", 1, Function.ANY, CollectionFunctions::coalesce);
        all.any("coalescelist", 1, Function.ANY, CollectionFunctions::coalesceList);
        all.shaped("compact", 1, CollectionFunctions::compact);
        all.shaped("concat", 1, Function.ANY, CollectionFunctions::concat);
        all.shaped("contains", 2, CollectionFunctions::contains);
        all.shaped("distinct", 1, CollectionFunctions::distinct);
        all.shaped("element", 2, CollectionFunctions::element);
        all.shaped("flatten", 1, CollectionFunctions::flatten);
        all.whole("index", 2, CollectionFunctions::index);
        all.shaped("keys", 1, CollectionFunctions::keys);
        all.shaped("values", 1, a -> Value.list(List.copyOf(closed(a, 0).values())));
        all.any("lookup", 2, 3, CollectionFunctions::lookup);
        all.whole("matchkeys", 3, CollectionFunctions::matchKeys);
        all.shaped("merge", 0, Function.ANY, CollectionFunctions::merge);
        all.shaped("one", 1, CollectionFunctions::one);
        all.whole("range", 1, 3, CollectionFunctions::range);
        all.shaped("reverse", 1, a -> new ListValue(a.items(0).reversed(), false));
        all.shaped("slice", 3, CollectionFunctions::slice);
        all.whole("sort", 1, CollectionFunctions::sort);
        all.shaped("chunklist", 2, CollectionFunctions::chunks);
        all.whole("transpose", 1, CollectionFunctions::transpose);
        all.shaped("zipmap", 2, CollectionFunctions::zip);
        all.any("alltrue", 1, 1, a -> decided(a, false));
        all.any("anytrue", 1, 1, a -> decided(a, true));
    }

    private static Value length(Arguments arguments) {
        return switch (arguments.value(0)) {
            case ListValue list -> Value.of(list.items().size());
            case ObjectValue object when object.rest() == null -> Value.of(object.members().size());
            case Str s -> Value.of(Graphemes.of(s.value()).size());
            default -> throw arguments.wrong(0, "a list, a map or a string");
        };
    }

    private static Value coalesce(Arguments arguments) {
        for (Value value : arguments.unified(arguments.values())) {
            if (value instanceof Unknown unknown) {
                return Unknown.from(List.of(unknown));
            }
            boolean empty = value instanceof Null || value.equals(new Str(""));
            if (!empty) {
                return value;
            }
        }
        throw arguments.problem("all arguments are null or empty", "Give it one that is not");
    }

    private static Value coalesceList(Arguments arguments) {
        for (int i = 0; i < arguments.count(); i++) {
            switch (arguments.value(i)) {
                case Unknown unknown -> {
                    return Unknown.from(List.of(unknown));
                }
                case Null _ -> {}
                default -> {
                    if (!arguments.items(i).isEmpty()) {
                        return arguments.value(i);
                    }
                }
            }
        }
        throw arguments.problem("all lists are empty", "Give it one that is not");
    }

    private static Value compact(Arguments arguments) {
        List<Value> kept = new ArrayList<>();
        for (Value item : arguments.items(0)) {
            if (!(item instanceof Null) && !item.equals(new Str(""))) {
                kept.add(Conversions.text(item).<Value>map(Str::new).orElse(item));
            }
        }
        boolean certain = kept.stream().noneMatch(Unknown.class::isInstance);
        return certain ? Value.list(kept) : unknownWithin(kept);
    }

    private static Unknown unknownWithin(List<Value> items) {
        List<Unknown> unknown = new ArrayList<>();
        items.forEach(item -> Functions.collect(item, unknown));
        return Unknown.from(unknown);
    }

    private static Value concat(Arguments arguments) {
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            if (arguments.list(i).set()) {
                throw arguments.wrong(i, "a list, for example with tolist");
            }
            items.addAll(arguments.items(i));
            arguments.budget().chargeItems(items.size());
        }
        return Value.list(items);
    }

    private static Value contains(Arguments arguments) {
        Value wanted = arguments.value(1);
        List<Value> items = arguments.items(0);
        if (items.contains(wanted)) {
            return Value.Bool.TRUE;
        }
        boolean certain = items.stream().allMatch(Value::wholly) && wanted.wholly();
        return certain
                ? Value.Bool.FALSE
                : unknownWithin(Stream.concat(items.stream(), Stream.of(wanted)).toList());
    }

    private static Value distinct(Arguments arguments) {
        List<Value> items = arguments.unified(arguments.items(0));
        return items.stream().allMatch(Value::wholly)
                ? Value.list(List.copyOf(new LinkedHashSet<>(items)))
                : unknownWithin(items);
    }

    private static Value element(Arguments arguments) {
        List<Value> items = arguments.items(0);
        if (items.isEmpty()) {
            throw arguments.problem("the list is empty", "Give it a list with items");
        }
        int index = arguments.integer(1);
        if (index < 0) {
            throw arguments.problem("the index is negative", "Count from 0");
        }
        return items.get(index % items.size());
    }

    private static Value flatten(Arguments arguments) {
        List<Value> flat = new ArrayList<>();
        List<Unknown> unknown = new ArrayList<>();
        flatten(arguments.items(0), flat, unknown);
        return unknown.isEmpty() ? Value.list(flat) : Unknown.from(unknown);
    }

    /// An unknown item may be a list or not, unless it is what a resource names as one value.
    private static void flatten(List<Value> items, List<Value> flat, List<Unknown> unknown) {
        for (Value item : items) {
            switch (item) {
                case ListValue list -> flatten(list.items(), flat, unknown);
                case Unknown u when !(u.hint() instanceof Value.Hint.Text) -> unknown.add(u);
                default -> flat.add(item);
            }
        }
    }

    private static Value index(Arguments arguments) {
        int at = arguments.items(0).indexOf(arguments.value(1));
        if (at < 0) {
            throw arguments.problem("the item is not in the list", "Test with contains before");
        }
        return Value.of(at);
    }

    private static Map<String, Value> closed(Arguments arguments, int index) {
        ObjectValue object = arguments.object(index);
        if (object.rest() != null) {
            throw arguments.problem(
                    "not all attributes of " + object.rest().text() + " are known",
                    "Name the ones meant");
        }
        return object.members();
    }

    private static Value keys(Arguments arguments) {
        return StringFunctions.texts(List.copyOf(closed(arguments, 0).keySet()));
    }

    private static Value lookup(Arguments arguments) {
        for (int i = 0; i < 2; i++) {
            if (arguments.value(i) instanceof Unknown unknown) {
                return Unknown.from(List.of(unknown));
            }
        }
        Value found = arguments.object(0).member(arguments.text(1)).orElse(null);
        if (found != null) {
            return found;
        }
        if (arguments.count() < 3) {
            throw arguments.problem(
                    "there is no \"" + arguments.text(1) + "\" in the map",
                    "Give it a default as third argument");
        }
        return arguments.value(2);
    }

    private static Value matchKeys(Arguments arguments) {
        List<Value> values = arguments.unified(arguments.items(0));
        List<Value> keys = arguments.items(1);
        if (values.size() != keys.size()) {
            throw arguments.problem(
                    "the lists differ in length", "Give it lists of the same length");
        }
        Set<Value> wanted = new HashSet<>(arguments.items(2));
        List<Value> found = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (wanted.contains(keys.get(i))) {
                found.add(values.get(i));
            }
        }
        return Value.list(found);
    }

    private static Value merge(Arguments arguments) {
        Map<String, Value> merged = new TreeMap<>();
        Reference rest = null;
        for (int i = 0; i < arguments.count(); i++) {
            if (!(arguments.value(i) instanceof Null)) {
                merged.putAll(arguments.members(i));
                rest = arguments.object(i).rest() == null ? rest : arguments.object(i).rest();
            }
        }
        return new ObjectValue(merged, rest);
    }

    private static Value one(Arguments arguments) {
        List<Value> items = arguments.items(0);
        if (items.size() > 1) {
            throw arguments.problem(
                    "the list has " + items.size() + " items", "Give it at most one");
        }
        return items.isEmpty() ? Value.Null.VALUE : items.getFirst();
    }

    private static Value range(Arguments arguments) {
        int count = arguments.count();
        BigDecimal start = count == 1 ? BigDecimal.ZERO : arguments.number(0);
        BigDecimal end = arguments.number(count == 1 ? 0 : 1);
        boolean down = end.compareTo(start) < 0;
        BigDecimal step = count == 3 ? arguments.number(2) : BigDecimal.valueOf(down ? -1 : 1);
        if (step.signum() == 0 || ((step.signum() < 0) != down && end.compareTo(start) != 0)) {
            throw arguments.problem("the step never reaches the end", "Use a step towards the end");
        }
        List<Value> items = new ArrayList<>();
        for (BigDecimal at = start;
                down ? at.compareTo(end) > 0 : at.compareTo(end) < 0;
                at = Arithmetic.add(at, step)) {
            if (items.size() >= 1024) {
                throw arguments.problem("it has more than 1024 numbers", "Use a shorter range");
            }
            items.add(new Value.Num(at));
        }
        return Value.list(items);
    }

    private static Value slice(Arguments arguments) {
        List<Value> items = arguments.items(0);
        int start = arguments.integer(1);
        int end = arguments.integer(2);
        if (start < 0 || end > items.size() || start > end) {
            throw arguments.problem(
                    "there is no slice from "
                            + start
                            + " to "
                            + end
                            + " in a list of "
                            + items.size(),
                    "Stay inside the list");
        }
        return Value.list(items.subList(start, end));
    }

    private static Value sort(Arguments arguments) {
        List<String> texts = new ArrayList<>(arguments.texts(0));
        texts.sort(Conversions::compareText);
        return StringFunctions.texts(texts);
    }

    private static Value chunks(Arguments arguments) {
        List<Value> items = arguments.unified(arguments.items(0));
        int size = arguments.integer(1);
        if (size < 0) {
            throw arguments.problem("the size is negative", "Give it 1 or more");
        }
        List<Value> chunks = new ArrayList<>();
        int step = size == 0 ? Math.max(1, items.size()) : size;
        for (int i = 0; i < items.size(); i += step) {
            chunks.add(Value.list(items.subList(i, (int) Math.min((long) i + step, items.size()))));
        }
        return Value.list(chunks);
    }

    private static Value transpose(Arguments arguments) {
        Map<String, List<String>> turned = new TreeMap<>();
        arguments
                .members(0)
                .forEach((key, value) -> {
                    List<Value> items = value instanceof ListValue list ? list.items() : List.of();
                    for (Value item : items) {
                        String text =
                                Conversions.text(item)
                                        .orElseThrow(() ->
                                                arguments.wrong(0, "a map of lists of strings"));
                        turned.computeIfAbsent(text, _ -> new ArrayList<>()).add(key);
                    }
                });
        Map<String, Value> members = new TreeMap<>();
        turned.forEach((key, list) -> {
            Collections.sort(list, Conversions::compareText);
            members.put(key, StringFunctions.texts(list));
        });
        return new ObjectValue(members, null);
    }

    private static Value zip(Arguments arguments) {
        List<Value> keys = arguments.items(0);
        List<Value> values = arguments.items(1);
        if (keys.size() != values.size()) {
            throw arguments.problem(
                    "there are " + keys.size() + " keys and " + values.size() + " values",
                    "Give it lists of the same length");
        }
        if (!keys.stream().allMatch(Value::wholly)) {
            return unknownWithin(keys);
        }
        List<String> names = arguments.texts(0);
        Map<String, Value> members = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            members.put(names.get(i), values.get(i));
        }
        return new ObjectValue(members, null);
    }

    /// @param decisive the item that decides, whatever is not known of the others
    private static Value decided(Arguments arguments, boolean decisive) {
        if (arguments.value(0) instanceof Unknown unknown) {
            return Unknown.from(List.of(unknown));
        }
        List<Unknown> unknown = new ArrayList<>();
        for (Value item : arguments.items(0)) {
            if (item instanceof Unknown u) {
                unknown.add(u);
                continue;
            }
            boolean value =
                    (item instanceof Bool || item instanceof Str)
                            ? Conversions.bool(item)
                                    .orElseThrow(() -> arguments.wrong(0, "a list of bools"))
                            : false;
            if (value == decisive) {
                return Value.of(decisive);
            }
        }
        return unknown.isEmpty() ? Value.of(!decisive) : Unknown.from(unknown);
    }
}
