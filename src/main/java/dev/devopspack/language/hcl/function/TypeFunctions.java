package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.hcl.value.Value.Num;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `tostring` and its like, and the functions that only mark a value.
final class TypeFunctions {

    private TypeFunctions() {}

    static void addTo(Registry all) {
        converting(all, "tostring", a -> new Str(a.text(0)));
        converting(all, "tonumber", a -> new Num(a.number(0)));
        converting(all, "tobool", a -> Value.of(a.bool(0)));
        converting(all, "tolist", TypeFunctions::toList);
        converting(all, "toset", TypeFunctions::toSet);
        converting(all, "tomap", TypeFunctions::toMap);
        all.any("sensitive", 1, 1, a -> a.value(0));
        all.any("nonsensitive", 1, 1, a -> a.value(0));
        all.any("ephemeralasnull", 1, 1, a -> a.value(0));
        all.any("issensitive", 1, 1, TypeFunctions::isSensitive);
    }

    private static void converting(Registry all, String name, Function.Body body) {
        all.shaped(name, 1, a -> a.value(0) instanceof Null ? Value.Null.VALUE : body.apply(a));
    }

    /// Whether a value is sensitive is not followed.
    private static Value isSensitive(Arguments arguments) {
        return Unknown.because("whether a value is sensitive is not followed");
    }

    private static Value toList(Arguments arguments) {
        return new ListValue(arguments.unified(arguments.items(0)), false);
    }

    private static Value toSet(Arguments arguments) {
        List<Unknown> unknown = new ArrayList<>();
        arguments.items(0).forEach(item -> Functions.collect(item, unknown));
        return unknown.isEmpty()
                ? Conversions.set(arguments.unified(arguments.items(0)))
                : Unknown.from(unknown);
    }

    private static Value toMap(Arguments arguments) {
        ObjectValue object = arguments.object(0);
        List<String> names = List.copyOf(object.members().keySet());
        List<Value> values = arguments.unified(List.copyOf(object.members().values()));
        Map<String, Value> members = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            members.put(names.get(i), values.get(i));
        }
        return new ObjectValue(members, object.rest());
    }
}
