package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a loop goes over.
final class Elements {

    record Element(Value key, Value value) {
        Map<String, Value> names(@Nullable String keyName, String valueName) {
            return keyName == null || keyName.equals(valueName)
                    ? Map.of(valueName, value)
                    : Map.of(keyName, key, valueName, value);
        }
    }

    private Elements() {}

    static List<Element> of(Value source) {
        List<Element> elements = new ArrayList<>();
        switch (source) {
            case ListValue list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    Value item = list.items().get(i);
                    elements.add(new Element(list.set() ? item : Value.of(i), item));
                }
            }
            case ObjectValue object ->
                    object.members()
                            .forEach(
                                    (key, value) -> elements.add(new Element(new Str(key), value)));
            default ->
                    throw new ValueProblem(
                            "it goes over " + source.kind(), "Go over a list, a set or a map");
        }
        return elements;
    }
}
