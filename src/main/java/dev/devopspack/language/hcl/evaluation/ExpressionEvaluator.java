package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Binary;
import dev.devopspack.language.hcl.Hcl.Bool;
import dev.devopspack.language.hcl.Hcl.Call;
import dev.devopspack.language.hcl.Hcl.Conditional;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.For;
import dev.devopspack.language.hcl.Hcl.GetAttr;
import dev.devopspack.language.hcl.Hcl.Index;
import dev.devopspack.language.hcl.Hcl.Invalid;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Null;
import dev.devopspack.language.hcl.Hcl.Num;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.Hcl.Paren;
import dev.devopspack.language.hcl.Hcl.Splat;
import dev.devopspack.language.hcl.Hcl.SplatItem;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.Hcl.Tuple;
import dev.devopspack.language.hcl.Hcl.Unary;
import dev.devopspack.language.hcl.Hcl.Var;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Unification;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Evaluates expressions.
final class ExpressionEvaluator {

    /// Expressions inside each other, over all declarations that wait for each other: each costs
    /// stack, and a loop in it most. Half of a thread's usual stack holds so many of every kind,
    /// compiled or not.
    private static final int DEPTH = 250;

    private final Evaluation evaluation;
    private final TraversalEvaluator traversals;
    private final TemplateEvaluator templates;
    private final ForEvaluator loops;
    private final CallEvaluator calls;
    private int depth;

    ExpressionEvaluator(Evaluation evaluation) {
        this.evaluation = evaluation;
        traversals = new TraversalEvaluator(evaluation, this);
        templates = new TemplateEvaluator(evaluation, this);
        loops = new ForEvaluator(evaluation, this);
        calls = new CallEvaluator(evaluation, this);
    }

    TemplateEvaluator templates() {
        return templates;
    }

    /// @throws ExpressionProblem with the innermost expression that has no value
    Value evaluate(Expr expression, Scope scope) {
        depth++;
        try {
            evaluation.budget().charge(1);
            if (depth > DEPTH) {
                throw new ValueProblem(
                        "expressions depend on each other more than " + DEPTH + " levels deep",
                        "Shorten the chain");
            }
            return value(expression, scope);
        } catch (ValueProblem problem) {
            throw new ExpressionProblem(problem, expression.span());
        } finally {
            depth--;
        }
    }

    private Value value(Expr expression, Scope scope) {
        return switch (expression) {
            case Num n -> new Value.Num(n.value());
            case Bool b -> Value.of(b.value());
            case Null _ -> Value.Null.VALUE;
            case Template t -> templates.value(t, scope);
            case Tuple t -> tuple(t, scope);
            case Obj o -> object(o, scope);
            case Var _, GetAttr _, Index _, Splat _, SplatItem _ ->
                    traversals.value(expression, scope);
            case Call c -> evaluation.budget().checked(calls.value(c, scope));
            case Conditional c -> conditional(c, scope);
            case Binary b ->
                    Operators.binary(
                            b.operator(), evaluate(b.left(), scope), evaluate(b.right(), scope));
            case Unary u -> Operators.unary(u.operator(), evaluate(u.operand(), scope));
            case Paren p -> evaluate(p.inner(), scope);
            case For f -> evaluation.budget().checked(loops.value(f, scope));
            case Invalid _ -> Unknown.because("the expression could not be read");
        };
    }

    private Value tuple(Tuple tuple, Scope scope) {
        List<Value> items = new ArrayList<>();
        for (Expr item : tuple.items()) {
            items.add(evaluate(item, scope));
        }
        return evaluation.budget().checked(Value.list(items));
    }

    private Value object(Obj object, Scope scope) {
        Map<String, Value> members = new TreeMap<>();
        List<Unknown> unknownKeys = new ArrayList<>();
        for (Item item : object.items()) {
            Value key = key(item, scope);
            Value value = evaluate(item.value(), scope);
            if (key instanceof Unknown unknown) {
                unknownKeys.add(unknown);
            } else {
                members.put(keyText(key), value);
            }
        }
        return unknownKeys.isEmpty()
                ? evaluation.budget().checked(new ObjectValue(members, null))
                : Unknown.from(unknownKeys);
    }

    private Value key(Item item, Scope scope) {
        return item.key() instanceof Var(String name, _)
                ? new Str(name)
                : evaluate(item.key(), scope);
    }

    static String keyText(Value key) {
        return Conversions.text(key)
                .orElseThrow(
                        () -> new ValueProblem("a key is " + key.kind(), "Use a string as key"));
    }

    private Value conditional(Conditional conditional, Scope scope) {
        Value test = evaluate(conditional.test(), scope);
        if (test instanceof Unknown unknown) {
            return undecided(unknown, conditional, scope);
        }
        boolean yes = Operators.bool(test, "?");
        Value chosen = evaluate(yes ? conditional.yes() : conditional.no(), scope);
        if (chosen instanceof Str || chosen instanceof Value.Null || chosen instanceof Unknown) {
            return chosen;
        }
        return other(yes ? conditional.no() : conditional.yes(), scope)
                .map(other ->
                        Unification.beside(chosen, other).orElseThrow(() -> differ(chosen, other)))
                .orElse(chosen);
    }

    /// The result that was not chosen, which has a say in the type; empty if it has no value.
    private Optional<Value> other(Expr other, Scope scope) {
        try {
            return Optional.of(evaluate(other, scope));
        } catch (ExpressionProblem notChosen) {
            return Optional.empty();
        }
    }

    private static ValueProblem differ(Value chosen, Value other) {
        return new ValueProblem(
                "one result of the condition is "
                        + chosen.kind()
                        + " and the other "
                        + other.kind()
                        + ", which have no type in common",
                "Give both the same type");
    }

    private Value undecided(Unknown test, Conditional conditional, Scope scope) {
        Value yes = evaluate(conditional.yes(), scope);
        Value no = evaluate(conditional.no(), scope);
        if (yes.equals(no) && yes.wholly()) {
            return yes;
        }
        return Unknown.from(
                Stream.of(test, yes, no)
                        .filter(Unknown.class::isInstance)
                        .map(Unknown.class::cast)
                        .toList());
    }

    /// The items of a list, tuple or set; those of anything else that is not null as the only item.
    static List<Value> items(Value value) {
        return switch (value) {
            case ListValue list -> list.items();
            case Value.Null _ -> List.of();
            default -> List.of(value);
        };
    }
}
