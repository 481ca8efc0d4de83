package dev.devopspack.policy.workflow;

import dev.devopspack.language.workflow.expression.ContextPath;
import dev.devopspack.language.workflow.expression.Expression;
import dev.devopspack.language.workflow.expression.Expression.Operator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How an expression is built, where that alone tells that it does not do what it seems to.
///
/// @param reducible whether a part of it is worked out and the same in every run
/// @param asksForBot whether it asks if whoever pushed last is a bot
/// @param containsIn whether it looks for a value of the run inside a text
/// @param falsyChoice whether `condition && value || other` can never give its value
/// @param partOfSecret whether it takes a secret apart, which the log then does not mask
/// @param computesSecret whether the name of a secret is worked out in the run
record ExpressionShape(
        boolean reducible,
        boolean asksForBot,
        boolean containsIn,
        boolean falsyChoice,
        boolean partOfSecret,
        boolean computesSecret) {

    private static final Set<String> ACTORS =
            Set.of(
                    "github.actor",
                    "github.triggering_actor",
                    "github.event.pull_request.sender.login",
                    "github.event.sender.login");

    private static final Set<String> ACTOR_IDS =
            Set.of(
                    "github.actor_id",
                    "github.event.pull_request.sender.id",
                    "github.event.sender.id");

    /// Dependabot, Renovate, GitHub Actions, pre-commit.ci, Mergify, Dependabot preview, Copilot.
    private static final Set<String> BOT_IDS =
            Set.of(
                    "49699333",
                    "29139614",
                    "41898282",
                    "66853113",
                    "37929162",
                    "27856297",
                    "198982749");

    private static final Set<String> REDUCIBLE =
            Set.of("contains", "startswith", "endswith", "format", "join", "tojson");

    static ExpressionShape of(Optional<Expression> tree) {
        return tree.map(node -> of(node).or(literal(node)))
                .orElse(new ExpressionShape(false, false, false, false, false, false));
    }

    private static ExpressionShape literal(Expression node) {
        return new ExpressionShape(isLiteral(node), false, false, false, false, false);
    }

    private static ExpressionShape of(Expression node) {
        ExpressionShape shape =
                new ExpressionShape(
                        isReducible(node),
                        isBotCheck(node),
                        isContainsIn(node),
                        isFalsyChoice(node),
                        isPartOfSecret(node),
                        isComputedSecret(node));
        for (Expression child : node.children()) {
            shape = shape.or(of(child));
        }
        return shape;
    }

    private ExpressionShape or(ExpressionShape other) {
        return new ExpressionShape(
                reducible || other.reducible,
                asksForBot || other.asksForBot,
                containsIn || other.containsIn,
                falsyChoice || other.falsyChoice,
                partOfSecret || other.partOfSecret,
                computesSecret || other.computesSecret);
    }

    /// Whether it could be written as a plain value. JSON is how a list is written out.
    private static boolean isReducible(Expression node) {
        return switch (node) {
            case Expression.Call call ->
                    REDUCIBLE.contains(call.function().toLowerCase(Locale.ROOT)) && isPlain(node);
            case Expression.And _, Expression.Or _, Expression.Not _, Expression.Comparison _ ->
                    isPlain(node);
            default -> false;
        };
    }

    private static boolean isPlain(Expression node) {
        boolean isJson =
                node instanceof Expression.Call call
                        && !REDUCIBLE.contains(call.function().toLowerCase(Locale.ROOT));
        return !isJson
                && !(node instanceof Expression.Context)
                && node.children().stream().allMatch(ExpressionShape::isPlain);
    }

    /// `if: false` hides nothing: it is how a job is switched off.
    private static boolean isLiteral(Expression node) {
        return switch (node) {
            case Expression.Text _, Expression.Number _, Expression.Null _ -> true;
            default -> false;
        };
    }

    private static boolean isBotCheck(Expression node) {
        return node instanceof Expression.Comparison comparison
                && (comparison.operator() == Operator.EQUAL
                        || comparison.operator() == Operator.NOT_EQUAL)
                && (isBot(comparison.left(), comparison.right())
                        || isBot(comparison.right(), comparison.left()));
    }

    private static boolean isBot(Expression who, Expression name) {
        String path = ContextPath.of(who).map(ContextPath::path).orElse("");
        if (ACTORS.contains(path)) {
            return name instanceof Expression.Text text
                    && text.value().toLowerCase(Locale.ROOT).endsWith("[bot]");
        }
        if (!ACTOR_IDS.contains(path)) {
            return false;
        }
        return switch (name) {
            case Expression.Text text -> BOT_IDS.contains(text.value());
            case Expression.Number number ->
                    BOT_IDS.contains(String.valueOf((long) number.value()));
            default -> false;
        };
    }

    private static boolean isContainsIn(Expression node) {
        return node instanceof Expression.Call call
                && call.function().equalsIgnoreCase("contains")
                && call.arguments().size() == 2
                && call.arguments().get(0) instanceof Expression.Text
                && ContextPath.of(call.arguments().get(1)).isPresent();
    }

    private static boolean isFalsyChoice(Expression node) {
        if (!(node instanceof Expression.Or or)) {
            return false;
        }
        return or.operands().subList(0, or.operands().size() - 1).stream()
                .anyMatch(operand ->
                        operand instanceof Expression.And and && isFalsy(and.operands().getLast()));
    }

    private static boolean isFalsy(Expression node) {
        return switch (node) {
            case Expression.Text text -> text.value().isEmpty();
            case Expression.Bool bool -> !bool.value();
            case Expression.Number number -> number.value() == 0;
            case Expression.Null _ -> true;
            default -> false;
        };
    }

    /// `fromJSON(secrets.KEY).part`.
    private static boolean isPartOfSecret(Expression node) {
        Expression of =
                switch (node) {
                    case Expression.Property property -> property.of();
                    case Expression.Index index -> index.of();
                    default -> node;
                };
        return of != node
                && of instanceof Expression.Call call
                && call.function().equalsIgnoreCase("fromJSON")
                && call.arguments().stream()
                        .anyMatch(argument ->
                                ContextPath.in(argument).stream()
                                        .anyMatch(path -> path.path().startsWith("secrets.")));
    }

    private static boolean isComputedSecret(Expression node) {
        return node instanceof Expression.Index
                && ContextPath.of(node)
                        .filter(path -> path.computed() && path.path().startsWith("secrets."))
                        .isPresent();
    }
}
