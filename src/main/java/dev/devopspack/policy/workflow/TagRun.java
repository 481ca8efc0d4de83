package dev.devopspack.policy.workflow;

import dev.devopspack.language.workflow.expression.ContextPath;
import dev.devopspack.language.workflow.expression.Expression;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Evaluates an expression for a run that a version's tag started, as far as that is enough to know
/// it.
final class TagRun {

    private static final Map<String, String> KNOWN =
            Map.of(
                    "github.ref", "refs/tags/v1.0.0",
                    "github.ref_name", "v1.0.0",
                    "github.ref_type", "tag",
                    "github.base_ref", "",
                    "github.head_ref", "");

    private final String event;

    /// @param event what starts the run: `push` or `release`
    TagRun(String event) {
        this.event = event;
    }

    /// Whether the value is true; empty where the run decides.
    Optional<Boolean> isTrue(Expression node) {
        return switch (node) {
            case Expression.Bool bool -> Optional.of(bool.value());
            case Expression.Null _ -> Optional.of(false);
            case Expression.Number number -> Optional.of(number.value() != 0);
            case Expression.Text text -> Optional.of(!text.value().isEmpty());
            case Expression.Not not -> isTrue(not.operand()).map(value -> !value);
            case Expression.And and -> joined(and.operands(), false);
            case Expression.Or or -> joined(or.operands(), true);
            case Expression.Comparison comparison -> compared(comparison);
            case Expression.Call call -> called(call);
            case Expression.Context _,
                    Expression.Property _,
                    Expression.Index _,
                    Expression.Every _ ->
                    text(node).map(text -> !text.isEmpty());
        };
    }

    /// @param decides the value of one operand that settles the whole
    private Optional<Boolean> joined(Iterable<Expression> operands, boolean decides) {
        boolean known = true;
        for (Expression operand : operands) {
            Optional<Boolean> value = isTrue(operand);
            if (value.isPresent() && value.get() == decides) {
                return value;
            }
            known &= value.isPresent();
        }
        return known ? Optional.of(!decides) : Optional.empty();
    }

    private Optional<Boolean> compared(Expression.Comparison comparison) {
        Optional<String> left = text(comparison.left());
        Optional<String> right = text(comparison.right());
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        boolean same = left.get().equalsIgnoreCase(right.get());
        return switch (comparison.operator()) {
            case EQUAL -> Optional.of(same);
            case NOT_EQUAL -> Optional.of(!same);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Optional.empty();
        };
    }

    private Optional<Boolean> called(Expression.Call call) {
        if (call.arguments().size() != 2) {
            return Optional.empty();
        }
        Optional<String> in = text(call.arguments().get(0)).map(TagRun::lower);
        Optional<String> what = text(call.arguments().get(1)).map(TagRun::lower);
        if (in.isEmpty() || what.isEmpty()) {
            return Optional.empty();
        }
        return switch (lower(call.function())) {
            case "startswith" -> Optional.of(in.get().startsWith(what.get()));
            case "endswith" -> Optional.of(in.get().endsWith(what.get()));
            case "contains" -> Optional.of(in.get().contains(what.get()));
            default -> Optional.empty();
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private Optional<String> text(Expression node) {
        if (node instanceof Expression.Text text) {
            return Optional.of(text.value());
        }
        if (node instanceof Expression.Bool bool) {
            return Optional.of(String.valueOf(bool.value()));
        }
        return ContextPath.of(node)
                .map(ContextPath::path)
                .flatMap(path ->
                        path.equals("github.event_name")
                                ? Optional.of(event)
                                : Optional.ofNullable(KNOWN.get(path)));
    }
}
