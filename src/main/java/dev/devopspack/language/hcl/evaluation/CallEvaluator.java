package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Call;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.function.Functions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Evaluates calls: the few functions that need more than the values of their arguments here, the
/// others in the function library.
final class CallEvaluator {

    private final Evaluation evaluation;
    private final ExpressionEvaluator expressions;
    private final FileFunctions files;

    CallEvaluator(Evaluation evaluation, ExpressionEvaluator expressions) {
        this.evaluation = evaluation;
        this.expressions = expressions;
        this.files = new FileFunctions(evaluation, expressions);
    }

    Value value(Call call, Scope scope) {
        String name = call.name().startsWith("core::") ? call.name().substring(6) : call.name();
        if (name.contains("::")) {
            evaluatedArguments(call, scope);
            return Unknown.because("the function \"" + name + "\" is the provider's");
        }
        return switch (name) {
            case "try" -> firstThatWorks(call, scope);
            case "can" -> can(call, scope);
            default -> {
                if (name.equals("templatestring")) {
                    requireReference(call);
                }
                Optional<List<Value>> arguments = evaluatedArguments(call, scope);
                if (arguments.isEmpty()) {
                    yield Unknown.because("the arguments of \"" + name + "\" are not known");
                }
                yield files.handles(name)
                        ? files.call(name, arguments.get(), scope)
                        : Functions.call(name, arguments.get(), evaluation.budget());
            }
        };
    }

    /// A template that stands in the call itself is written as an expression.
    private static void requireReference(Call call) {
        if (!call.arguments().isEmpty() && call.arguments().getFirst() instanceof Template) {
            throw new ValueProblem(
                    "\"templatestring\" is given a literal template",
                    "Write the template as a string with ${ }, or name a local value that holds"
                            + " it");
        }
    }

    /// Empty if `...` expands a list that is not known.
    private Optional<List<Value>> evaluatedArguments(Call call, Scope scope) {
        List<Value> values = new ArrayList<>();
        for (Expr argument : call.arguments()) {
            values.add(expressions.evaluate(argument, scope));
        }
        if (!call.expandLast() || values.isEmpty()) {
            return Optional.of(values);
        }
        return switch (values.removeLast()) {
            case ListValue list -> {
                values.addAll(list.items());
                yield Optional.of(values);
            }
            case Unknown _ -> Optional.empty();
            case Value other ->
                    throw new ValueProblem(
                            "\"...\" stands behind " + other.kind(), "Put it behind a list");
        };
    }

    private Value firstThatWorks(Call call, Scope scope) {
        for (Expr argument : call.arguments()) {
            try {
                return expressions.evaluate(argument, scope);
            } catch (ExpressionProblem problem) {
                stopIfSpent(problem);
            }
        }
        throw new ValueProblem(
                "no argument of \"try\" has a value", "Add one that always has, such as null");
    }

    private Value can(Call call, Scope scope) {
        if (call.arguments().size() != 1) {
            throw new ValueProblem("\"can\" is not called with one argument", "Give it one");
        }
        try {
            Value value = expressions.evaluate(call.arguments().getFirst(), scope);
            return value instanceof Unknown unknown
                    ? Unknown.from(List.of(unknown))
                    : Value.Bool.TRUE;
        } catch (ExpressionProblem problem) {
            stopIfSpent(problem);
            return Value.Bool.FALSE;
        }
    }

    private void stopIfSpent(ExpressionProblem problem) {
        if (evaluation.budget().spent()) {
            throw problem;
        }
    }
}
