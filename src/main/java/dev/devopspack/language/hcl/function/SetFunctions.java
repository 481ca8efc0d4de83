package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Functions of sets.
final class SetFunctions {

    private SetFunctions() {}

    static void addTo(Registry all) {
        all.whole("setunion", 1, Function.ANY, SetFunctions::union);
        all.whole("setintersection", 1, Function.ANY, SetFunctions::intersection);
        all.whole("setsubtract", 2, SetFunctions::difference);
        all.shaped("setproduct", 1, Function.ANY, SetFunctions::product);
    }

    private static Value union(Arguments arguments) {
        return Conversions.set(unified(arguments).stream().flatMap(List::stream).toList());
    }

    private static Value intersection(Arguments arguments) {
        List<List<Value>> sets = unified(arguments);
        Set<Value> items = new LinkedHashSet<>(sets.getFirst());
        sets.forEach(set -> items.retainAll(new LinkedHashSet<>(set)));
        return Conversions.set(List.copyOf(items));
    }

    private static Value difference(Arguments arguments) {
        List<List<Value>> sets = unified(arguments);
        Set<Value> items = new LinkedHashSet<>(sets.getFirst());
        sets.getLast().forEach(items::remove);
        return Conversions.set(List.copyOf(items));
    }

    /// The items of each argument, all of one type.
    private static List<List<Value>> unified(Arguments arguments) {
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            all.addAll(arguments.items(i));
        }
        List<Value> unified = arguments.unified(all);
        List<List<Value>> sets = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < arguments.count(); i++) {
            int end = at + arguments.items(i).size();
            sets.add(unified.subList(at, end));
            at = end;
        }
        return sets;
    }

    private static Value product(Arguments arguments) {
        if (arguments.count() < 2) {
            throw arguments.problem("it is given one collection", "Give it two or more");
        }
        long size = 1;
        boolean sets = false;
        for (int i = 0; i < arguments.count(); i++) {
            size *= arguments.items(i).size();
            arguments.budget().chargeItems(size * arguments.count());
            sets |= arguments.list(i).set();
        }
        List<List<Value>> rows = List.of(List.of());
        for (int i = 0; i < arguments.count(); i++) {
            List<Value> items = arguments.unified(arguments.items(i));
            List<List<Value>> longer = new ArrayList<>();
            for (List<Value> row : rows) {
                for (Value item : items) {
                    List<Value> next = new ArrayList<>(row);
                    next.add(item);
                    longer.add(next);
                }
            }
            rows = longer;
        }
        List<Value> tuples = rows.stream().<Value>map(Value::list).toList();
        return new ListValue(tuples, sets);
    }
}
