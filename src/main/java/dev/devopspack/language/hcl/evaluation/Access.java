package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Hint;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Num;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import dev.devopspack.task.Nearest;
import java.math.BigDecimal;
import java.util.List;

/// Attributes and items of values.
final class Access {

    private Access() {}

    static Value attribute(Value target, String name) {
        return switch (target) {
            case ObjectValue object ->
                    object.member(name).orElseThrow(() -> noMember(object, name));
            case Unknown unknown -> part(unknown, name);
            case Value.Null _ ->
                    throw new ValueProblem(
                            "null has no attribute \"" + name + "\"",
                            "Test for null before, or give the value a default");
            case ListValue _, Value.Str _, Value.Num _, Value.Bool _ ->
                    throw new ValueProblem(
                            target.kind() + " has no attribute \"" + name + "\"",
                            target instanceof ListValue
                                    ? "Choose an item first, such as [0], or all with [*]"
                                    : "Remove ." + name);
        };
    }

    static Value item(Value target, Value key) {
        if (target instanceof Unknown unknown) {
            return Conversions.text(key)
                    .map(text -> part(unknown, text))
                    .orElseGet(() -> Unknown.from(List.of(unknown)));
        }
        if (key instanceof Unknown unknown) {
            return Unknown.from(List.of(unknown));
        }
        return switch (target) {
            case ObjectValue object -> member(object, key);
            case ListValue list -> element(list, key);
            case Value.Null _ ->
                    throw new ValueProblem("null has no items", "Test for null before");
            default -> throw new ValueProblem(target.kind() + " has no items", "Remove the index");
        };
    }

    private static Value member(ObjectValue object, Value key) {
        String name =
                Conversions.text(key)
                        .orElseThrow(() ->
                                new ValueProblem(
                                        "the key is " + key.kind(), "Use a string as key"));
        if (object.rest() != null && key instanceof Num) {
            throw new ValueProblem(
                    object.rest().text() + " is not a list", "Remove the index [" + name + "]");
        }
        return object.member(name).orElseThrow(() -> noMember(object, name));
    }

    private static Value element(ListValue list, Value key) {
        if (list.set()) {
            throw new ValueProblem(
                    "the items of a set have no index", "Make it a list with tolist first");
        }
        BigDecimal index =
                Conversions.number(key)
                        .orElseThrow(() ->
                                new ValueProblem(
                                        "the index is " + key.kind(), "Use a number as index"));
        boolean inside =
                index.signum() >= 0
                        && index.stripTrailingZeros().scale() <= 0
                        && index.compareTo(BigDecimal.valueOf(list.items().size())) < 0;
        if (!inside) {
            throw new ValueProblem(
                    "there is no item "
                            + index.toPlainString()
                            + " in a list of "
                            + list.items().size(),
                    "Count from 0 and stay below the length");
        }
        return list.items().get(index.intValueExact());
    }

    private static Unknown part(Unknown unknown, String name) {
        return unknown.hint() instanceof Hint.Itself(Reference reference)
                ? Unknown.of(reference.with(name))
                : Unknown.from(List.of(unknown));
    }

    private static ValueProblem noMember(ObjectValue object, String name) {
        List<String> near = Nearest.to(name, object.members().keySet(), 1);
        return new ValueProblem(
                "the object has no attribute \"" + name + "\"",
                near.isEmpty()
                        ? "Use one that it has"
                        : "Did you mean \"" + near.getFirst() + "\"?");
    }
}
