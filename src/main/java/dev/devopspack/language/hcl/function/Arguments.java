package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Unification;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// The arguments of one call, read as the kinds the function needs.
public record Arguments(String function, List<Value> values, Budget budget) {

    public Arguments {
        values = List.copyOf(values);
    }

    int count() {
        return values.size();
    }

    Value value(int index) {
        return values.get(index);
    }

    String text(int index) {
        return Conversions.text(values.get(index)).orElseThrow(() -> wrong(index, "a string"));
    }

    BigDecimal number(int index) {
        return Conversions.number(values.get(index)).orElseThrow(() -> wrong(index, "a number"));
    }

    int integer(int index) {
        BigDecimal number = number(index);
        try {
            return number.intValueExact();
        } catch (ArithmeticException notAnInteger) {
            throw wrong(index, "a whole number");
        }
    }

    boolean bool(int index) {
        return Conversions.bool(values.get(index)).orElseThrow(() -> wrong(index, "true or false"));
    }

    ListValue list(int index) {
        if (values.get(index) instanceof ListValue list) {
            return list;
        }
        throw wrong(index, "a list");
    }

    /// The values as they are when they have one type, as those of a list have.
    List<Value> unified(List<Value> values) {
        return Unification.unified(values)
                .orElseThrow(() ->
                        problem("the items have no type in common", "Give it items of one type"));
    }

    List<Value> items(int index) {
        return list(index).items();
    }

    List<String> texts(int index) {
        return items(index).stream()
                .map(item ->
                        Conversions.text(item).orElseThrow(() -> wrong(index, "a list of strings")))
                .toList();
    }

    ObjectValue object(int index) {
        if (values.get(index) instanceof ObjectValue object) {
            return object;
        }
        throw wrong(index, "a map");
    }

    Map<String, Value> members(int index) {
        return object(index).members();
    }

    ValueProblem wrong(int index, String needed) {
        return new ValueProblem(
                "argument "
                        + (index + 1)
                        + " of \""
                        + function
                        + "\" is "
                        + values.get(index).kind(),
                "Give it " + needed);
    }

    ValueProblem problem(String message, String mend) {
        return new ValueProblem("\"" + function + "\": " + message, mend);
    }
}
