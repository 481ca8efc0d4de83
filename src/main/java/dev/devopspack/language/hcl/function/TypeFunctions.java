package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.function.Function.Unknowns;
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

/// `tostring` and its like, and the functions that only mark a value.
final class TypeFunctions {

    private TypeFunctions() {}

    static void addTo(Map<String, Function> all) {
        all.put("tostring", converting(a -> new Str(a.text(0))));
        all.put("tonumber", converting(a -> new Num(a.number(0))));
        all.put("tobool", converting(a -> Value.of(a.bool(0))));
        all.put("tolist", converting(TypeFunctions::toList));
        all.put("toset", converting(TypeFunctions::toSet));
        all.put("tomap", converting(TypeFunctions::toMap));
        all.put("sensitive", same());
        all.put("nonsensitive", same());
        all.put("ephemeralasnull", same());
        all.put("issensitive", new Function(1, 1, Unknowns.TAKES_ALL, TypeFunctions::isSensitive));
    }

    private static Function converting(Function.Body body) {
        return new Function(
                1,
                1,
                Unknowns.NEEDS_SHAPE,
                arguments ->
                        arguments.value(0) instanceof Null ? Value.NULL : body.apply(arguments));
    }

    private static Function same() {
        return new Function(1, 1, Unknowns.TAKES_ALL, arguments -> arguments.value(0));
    }

    /// Whether a value is sensitive is not followed.
    private static Value isSensitive(Arguments arguments) {
        return Unknown.because("whether a value is sensitive is not followed");
    }

    private static Value toList(Arguments arguments) {
        return new ListValue(Conversions.unified(arguments.items(0)), false);
    }

    private static Value toSet(Arguments arguments) {
        List<Unknown> unknown = new ArrayList<>();
        arguments.items(0).forEach(item -> Functions.collect(item, unknown));
        return unknown.isEmpty()
                ? Conversions.set(Conversions.unified(arguments.items(0)))
                : Unknown.from(unknown);
    }

    private static Value toMap(Arguments arguments) {
        ObjectValue object = arguments.object(0);
        return new ObjectValue(Conversions.unified(object.members()), object.rest());
    }
}
