package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The instances that `count` or `for_each` makes of a resource or module.
///
/// @param kind whether the address has a key, and of which kind
record Expansion(
        Kind kind, List<Instance> instances, Optional<Value> count, Optional<Value> forEach) {

    enum Kind {
        SINGLE,
        COUNTED,
        KEYED,
        NOT_KNOWN
    }

    /// @param key as an address writes it; empty for the only one
    /// @param name key inside an aggregate; empty if there is none
    /// @param names what its expressions see in addition
    record Instance(String key, String name, Map<String, Value> names, boolean certain) {}

    /// So that the number fits an int; the evaluation's own limit is far below.
    private static final BigDecimal LARGEST_COUNT = BigDecimal.valueOf(Integer.MAX_VALUE);

    private static final Instance ONLY = new Instance("", "", Map.of(), true);

    static Expansion of(Body body, Scope scope, Evaluation evaluation) {
        Optional<Attribute> count = body.attribute("count");
        Optional<Attribute> forEach = body.attribute("for_each");
        if (count.isPresent()) {
            Value value = evaluation.bodies().value(count.get().value(), scope);
            return counted(value, count.get(), scope, evaluation);
        }
        if (forEach.isPresent()) {
            Value value = evaluation.bodies().value(forEach.get().value(), scope);
            return keyed(value, forEach.get(), scope, evaluation);
        }
        return new Expansion(Kind.SINGLE, List.of(ONLY), Optional.empty(), Optional.empty());
    }

    private static Expansion counted(
            Value value, Attribute attribute, Scope scope, Evaluation evaluation) {
        Optional<Value> count = Optional.of(value);
        if (value instanceof Unknown unknown) {
            return notKnown("count", Map.of("index", unknown), count, Optional.empty());
        }
        BigDecimal number = Conversions.number(value).orElse(BigDecimal.ONE.negate());
        boolean whole = number.signum() >= 0 && number.stripTrailingZeros().scale() <= 0;
        if (!whole) {
            String shown = Conversions.text(value).map(t -> "\"" + t + "\"").orElse(value.kind());
            report(attribute, scope, "count is " + shown, "Give it a whole number, 0 or more");
        } else if (number.compareTo(LARGEST_COUNT) < 0
                && evaluation.takesInstances(number.intValueExact())) {
            List<Instance> instances = new ArrayList<>();
            for (int i = 0; i < number.intValueExact(); i++) {
                Value index = Value.object(Map.of("index", Value.of(i)));
                instances.add(new Instance("[" + i + "]", "", Map.of("count", index), true));
            }
            return new Expansion(Kind.COUNTED, instances, count, Optional.empty());
        } else {
            tooMany(attribute, scope);
        }
        return notKnown(
                "count",
                Map.of("index", Unknown.because("count.index is not known")),
                count,
                Optional.empty());
    }

    private static Expansion keyed(
            Value value, Attribute attribute, Scope scope, Evaluation evaluation) {
        Optional<Value> forEach = Optional.of(value);
        List<Instance> instances = new ArrayList<>();
        switch (value) {
            case ObjectValue object ->
                    object.members()
                            .forEach((key, item) ->
                                    instances.add(instance(key, Value.of(key), item)));
            case ListValue list when allKnownTexts(list) ->
                    list.items()
                            .forEach(item ->
                                    Conversions.text(item)
                                            .ifPresent(key ->
                                                    instances.add(instance(key, item, item))));
            case ListValue _, Unknown _ -> {
                return eachNotKnown(value, forEach);
            }
            case Value.Null _, Value.Bool _, Value.Num _, Value.Str _ -> {
                report(
                        attribute,
                        scope,
                        "for_each is " + value.kind(),
                        "Give it a map, or a set of strings with toset([...])");
                return eachNotKnown(value, forEach);
            }
        }
        if (value instanceof ListValue list && !list.set()) {
            report(
                    attribute,
                    scope,
                    "for_each is a list",
                    "Give it a map, or a set of strings with toset([...])");
        }
        if (!evaluation.takesInstances(instances.size())) {
            tooMany(attribute, scope);
            return eachNotKnown(value, forEach);
        }
        return new Expansion(Kind.KEYED, instances, Optional.empty(), forEach);
    }

    private static boolean allKnownTexts(ListValue list) {
        return list.items().stream().allMatch(item -> Conversions.text(item).isPresent());
    }

    private static Instance instance(String key, Value eachKey, Value eachValue) {
        Value each = new ObjectValue(Map.of("key", eachKey, "value", eachValue), null);
        return new Instance(Keys.written(key), key, Map.of("each", each), true);
    }

    private static Expansion eachNotKnown(Value value, Optional<Value> forEach) {
        Unknown unknown =
                value instanceof Unknown u
                        ? Unknown.from(List.of(u))
                        : Unknown.because("for_each is not known");
        return notKnown(
                "each", Map.of("key", unknown, "value", unknown), Optional.empty(), forEach);
    }

    private static Expansion notKnown(
            String name,
            Map<String, Value> members,
            Optional<Value> count,
            Optional<Value> forEach) {
        Map<String, Value> names = Map.of(name, new ObjectValue(members, null));
        Instance instance = new Instance(Keys.UNKNOWN, "", names, false);
        return new Expansion(Kind.NOT_KNOWN, List.of(instance), count, forEach);
    }

    private static void tooMany(Attribute attribute, Scope scope) {
        report(attribute, scope, "there are too many instances to evaluate", "Make fewer");
    }

    private static void report(Attribute attribute, Scope scope, String message, String mend) {
        scope.module()
                .report(scope.file(), attribute.value().span(), new ValueProblem(message, mend));
    }

    /// All instances as expressions see them.
    Value aggregate(List<Value> values, Value ifNotKnown) {
        return switch (kind) {
            case SINGLE -> values.getFirst();
            case COUNTED -> new ListValue(values, false);
            case KEYED -> {
                Map<String, Value> members = new TreeMap<>();
                for (int i = 0; i < values.size(); i++) {
                    members.put(instances.get(i).name(), values.get(i));
                }
                yield new ObjectValue(members, null);
            }
            case NOT_KNOWN -> ifNotKnown;
        };
    }
}
