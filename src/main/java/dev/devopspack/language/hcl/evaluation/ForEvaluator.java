package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.For;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Evaluates for-expressions.
final class ForEvaluator {

    private final Evaluation evaluation;
    private final ExpressionEvaluator expressions;

    ForEvaluator(Evaluation evaluation, ExpressionEvaluator expressions) {
        this.evaluation = evaluation;
        this.expressions = expressions;
    }

    Value value(For loop, Scope scope) {
        Value source = expressions.evaluate(loop.source(), scope);
        if (source instanceof Unknown unknown) {
            return Unknown.from(List.of(unknown));
        }
        List<Unknown> undecided = new ArrayList<>();
        List<Value> items = new ArrayList<>();
        Map<String, List<Value>> members = new TreeMap<>();
        for (Elements.Element element : Elements.of(source)) {
            Scope inner = scope.with(element.names(loop.keyName(), loop.valueName()));
            evaluation.budget().charge(1);
            if (!chosen(loop, inner, undecided)) {
                continue;
            }
            Value value = expressions.evaluate(loop.value(), inner);
            if (loop.key() == null) {
                items.add(value);
                continue;
            }
            Value key = expressions.evaluate(loop.key(), inner);
            if (key instanceof Unknown unknown) {
                undecided.add(unknown);
                continue;
            }
            members.computeIfAbsent(ExpressionEvaluator.keyText(key), _ -> new ArrayList<>())
                    .add(value);
        }
        if (!undecided.isEmpty()) {
            return Unknown.from(undecided);
        }
        return loop.key() == null ? new ListValue(items, false) : object(loop, members);
    }

    private boolean chosen(For loop, Scope inner, List<Unknown> undecided) {
        if (loop.filter() == null) {
            return true;
        }
        Value filter = expressions.evaluate(loop.filter(), inner);
        if (filter instanceof Unknown unknown) {
            undecided.add(unknown);
            return false;
        }
        return Operators.bool(filter, "if");
    }

    private static Value object(For loop, Map<String, List<Value>> lists) {
        Map<String, Value> members = new TreeMap<>();
        lists.forEach((key, values) -> {
            if (loop.grouped()) {
                members.put(key, new ListValue(values, false));
            } else if (values.size() == 1) {
                members.put(key, values.getFirst());
            } else {
                throw new ValueProblem(
                        "the key \"" + key + "\" comes up twice",
                        "Make the keys distinct, or group the values with ... behind the"
                                + " value");
            }
        });
        return new ObjectValue(members, null);
    }
}
