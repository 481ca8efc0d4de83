package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.GetAttr;
import dev.devopspack.language.hcl.Hcl.Index;
import dev.devopspack.language.hcl.Hcl.Splat;
import dev.devopspack.language.hcl.Hcl.SplatItem;
import dev.devopspack.language.hcl.Hcl.Var;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows `a.b[0].c` and splats from their root, and notes what they refer to.
final class TraversalEvaluator {

    private final Evaluation evaluation;
    private final ExpressionEvaluator expressions;

    TraversalEvaluator(Evaluation evaluation, ExpressionEvaluator expressions) {
        this.evaluation = evaluation;
        this.expressions = expressions;
    }

    /// A value and how it was reached.
    ///
    /// @param reference null where it was not reached from a declaration
    record Place(Value value, @Nullable Reference reference) {}

    /// A place, and how many names behind the root led to it.
    record Head(Place place, int taken) {}

    Value value(Expr expression, Scope scope) {
        List<Expr> steps = new ArrayList<>();
        Expr root = expression;
        while (true) {
            Expr target =
                    switch (root) {
                        case GetAttr g -> g.target();
                        case Index i -> i.target();
                        case Splat s -> s.target();
                        default -> null;
                    };
            if (target == null) {
                break;
            }
            steps.add(root);
            root = target;
        }
        return follow(root, steps.reversed(), scope);
    }

    private Value follow(Expr root, List<Expr> steps, Scope scope) {
        if (root instanceof Var(String word, _) && steps.isEmpty() && scope.find(word).isEmpty()) {
            // Terraform refuses these too, and the reference check says so; what is meant is plain.
            switch (word) {
                case "True" -> {
                    return Value.Bool.TRUE;
                }
                case "False" -> {
                    return Value.Bool.FALSE;
                }
                default -> {}
            }
        }
        Place place;
        int taken = 0;
        if (root instanceof Var(String name, _) && scope.find(name).isEmpty()) {
            Head head = scope.module().names().head(name, names(steps));
            taken = head.taken;
            place = head.place;
        } else {
            place = new Place(root(root, scope), null);
        }
        for (Expr step : steps.subList(taken, steps.size())) {
            place = step(place, step, scope);
        }
        if (place.reference != null) {
            evaluation.trace().note(place.reference);
        }
        return place.value;
    }

    private Value root(Expr root, Scope scope) {
        return switch (root) {
            case Var v -> scope.find(v.name()).orElse(Value.Null.VALUE);
            case SplatItem _ -> scope.find(Scope.SPLAT_ITEM).orElse(Value.Null.VALUE);
            default -> expressions.evaluate(root, scope);
        };
    }

    private static List<String> names(List<Expr> steps) {
        List<String> names = new ArrayList<>();
        for (Expr step : steps) {
            if (!(step instanceof GetAttr attribute)) {
                break;
            }
            names.add(attribute.name());
        }
        return names;
    }

    private Place step(Place place, Expr step, Scope scope) {
        try {
            return switch (step) {
                case GetAttr g ->
                        new Place(
                                Access.attribute(place.value, g.name()),
                                place.reference == null ? null : place.reference.with(g.name()));
                case Index i -> item(place, expressions.evaluate(i.key(), scope));
                case Splat s -> splat(place, s, scope);
                default -> throw new IllegalArgumentException("not a step: " + step);
            };
        } catch (ValueProblem problem) {
            throw new ExpressionProblem(problem, step.span());
        }
    }

    private static Place item(Place place, Value key) {
        Value value = Access.item(place.value, key);
        Reference reference = place.reference;
        if (reference == null) {
            return new Place(value, null);
        }
        String text = Conversions.text(key).orElse("*");
        boolean instance = reference.path().isEmpty() && reference.key().isEmpty();
        return new Place(
                value, instance ? reference.withKey(Keys.written(key)) : reference.with(text));
    }

    private Place splat(Place place, Splat splat, Scope scope) {
        Reference reference =
                place.reference == null ? null : restOf(place.reference, splat.rest());
        if (place.value instanceof Unknown unknown) {
            Value value =
                    reference == null
                            ? Unknown.from(List.of(unknown))
                            : new Unknown(unknown.reason(), Set.of(reference), null);
            return new Place(value, reference);
        }
        List<Value> results = new ArrayList<>();
        for (Value item : ExpressionEvaluator.items(place.value)) {
            results.add(
                    expressions.evaluate(splat.rest(), scope.with(Map.of(Scope.SPLAT_ITEM, item))));
        }
        return new Place(evaluation.budget().checked(new ListValue(results, false)), reference);
    }

    /// The attribute names that a splat takes of each element.
    private static Reference restOf(Reference reference, Expr rest) {
        List<String> names = new ArrayList<>();
        Expr at = rest;
        while (at instanceof GetAttr attribute) {
            names.add(attribute.name());
            at = attribute.target();
        }
        Reference result = reference;
        for (String name : names.reversed()) {
            result = result.with(name);
        }
        return result;
    }
}
