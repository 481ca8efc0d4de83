package dev.devopspack.language.workflow.expression;

import dev.devopspack.language.workflow.expression.Functions.Function;
import dev.devopspack.language.workflow.expression.Functions.Wants;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Works out what an expression gives at a place and what cannot be meant.
public final class TypeChecker {

    private static final List<String> CONTEXTS =
            List.of(
                    "env",
                    "github",
                    "inputs",
                    "job",
                    "jobs",
                    "matrix",
                    "needs",
                    "runner",
                    "secrets",
                    "steps",
                    "strategy",
                    "vars");

    /// @param type `ANY` where there are problems
    public record Checked(Type type, List<ExpressionProblem> problems) {
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    private final Scope scope;
    private final List<ExpressionProblem> problems = new ArrayList<>();

    private TypeChecker(Scope scope) {
        this.scope = scope;
    }

    public static Checked check(Expression tree, Scope scope) {
        TypeChecker checker = new TypeChecker(scope);
        Type type = checker.type(tree);
        return new Checked(type, checker.problems);
    }

    private Type type(Expression node) {
        return switch (node) {
            case Expression.Null _ -> Type.NULL;
            case Expression.Bool _ -> Type.BOOL;
            case Expression.Number _ -> Type.NUMBER;
            case Expression.Text _ -> Type.TEXT;
            case Expression.Context context -> context(context);
            case Expression.Property property -> property(property);
            case Expression.Index index -> index(index);
            case Expression.Every every -> every(every);
            case Expression.Call call -> call(call);
            case Expression.Not not -> {
                operand(not.operand());
                yield Type.BOOL;
            }
            case Expression.Comparison comparison -> comparison(comparison);
            case Expression.And and -> joined(and.operands());
            case Expression.Or or -> joined(or.operands());
        };
    }

    private Type joined(List<Expression> operands) {
        return operands.stream().map(this::operand).reduce(Type::merged).orElse(Type.ANY);
    }

    /// What is asked for being there or not. `matrix.name || 'default'` and `!matrix.name` are how
    /// people write a value that only some combinations have, or none for now.
    private Type operand(Expression node) {
        boolean isOptional =
                node instanceof Expression.Property property
                        && property.of() instanceof Expression.Context context
                        && context.name().equals("matrix")
                        && scope.contexts().get("matrix") instanceof Type.ObjectOf matrix
                        && matrix.property(property.name()).isEmpty()
                        && Suggestion.of(property.name(), matrix.properties().keySet()).isEmpty();
        return isOptional ? Type.ANY : type(node);
    }

    private Type context(Expression.Context context) {
        Type type = scope.contexts().get(context.name());
        if (type != null) {
            return type;
        }
        Set<String> offered = new TreeSet<>(scope.contexts().keySet());
        problem(
                context,
                CONTEXTS.contains(context.name())
                        ? "the context '"
                                + context.name()
                                + "' is not there in "
                                + scope.place()
                                + (offered.isEmpty()
                                        ? "; no context is"
                                        : "; there are " + String.join(", ", offered))
                        : "there is no context '"
                                + context.name()
                                + "'"
                                + Suggestion.mend(context.name(), CONTEXTS));
        return Type.ANY;
    }

    private Type property(Expression.Property property) {
        return property(type(property.of()), property.name(), property);
    }

    private Type property(Type of, String name, Expression node) {
        return switch (of) {
            case Type.Simple simple -> {
                if (simple != Type.Simple.ANY) {
                    problem(node, of.shown() + " has no property '" + name + "'");
                }
                yield Type.ANY;
            }
            case Type.ListOf list -> {
                if (list.filtered()) {
                    yield new Type.ListOf(property(list.element(), name, node), true);
                }
                problem(
                        node,
                        "a list has no property '" + name + "'; take an element or write '.*'");
                yield Type.ANY;
            }
            case Type.ObjectOf object -> {
                Optional<Type> type = object.property(name);
                if (type.isEmpty()) {
                    problem(node, missing(node, name, object));
                }
                yield type.orElse(Type.ANY);
            }
        };
    }

    private static String missing(Expression node, String name, Type.ObjectOf object) {
        String owner =
                node instanceof Expression.Property property
                        ? ContextPath.of(property.of()).map(ContextPath::path).orElse("the value")
                        : node instanceof Expression.Index index
                                ? ContextPath.of(index.of())
                                        .map(ContextPath::path)
                                        .orElse("the value")
                                : "the value";
        return "'"
                + owner
                + "' has no '"
                + name
                + "'"
                + (object.properties().isEmpty()
                        ? "; it has nothing here"
                        : Suggestion.mend(name, object.properties().keySet()));
    }

    private Type index(Expression.Index index) {
        Type of = type(index.of());
        Type by = type(index.index());
        switch (of) {
            case Type.Simple simple -> {
                if (simple != Type.Simple.ANY) {
                    problem(index, of.shown() + " has no elements");
                }
                return Type.ANY;
            }
            case Type.ListOf list -> {
                if (by != Type.ANY && by != Type.NUMBER) {
                    problem(
                            index.index(),
                            "an element of a list is taken by a number, not by " + by.shown());
                }
                return list.element();
            }
            case Type.ObjectOf object -> {
                if (by != Type.ANY && by != Type.TEXT) {
                    problem(index.index(), "a property is taken by a string, not by " + by.shown());
                    return Type.ANY;
                }
                return index.index() instanceof Expression.Text text
                        ? property(object, text.value(), index)
                        : element(object);
            }
        }
    }

    private Type every(Expression.Every every) {
        Type of = type(every.of());
        return switch (of) {
            case Type.Simple simple -> {
                if (simple != Type.Simple.ANY) {
                    problem(every, of.shown() + " has no elements for '.*'");
                }
                yield new Type.ListOf(Type.ANY, true);
            }
            case Type.ListOf list ->
                    new Type.ListOf(
                            list.filtered() ? flattened(list.element()) : list.element(), true);
            case Type.ObjectOf object -> new Type.ListOf(element(object), true);
        };
    }

    private static Type flattened(Type element) {
        return switch (element) {
            case Type.ListOf list -> list.element();
            case Type.ObjectOf object -> element(object);
            case Type.Simple _ -> Type.ANY;
        };
    }

    private static Type element(Type.ObjectOf object) {
        Type others = object.others();
        return object.properties().values().stream()
                .reduce(Type::merged)
                .map(known -> others == null ? known : Type.merged(known, others))
                .orElse(others == null ? Type.ANY : others);
    }

    private Type comparison(Expression.Comparison comparison) {
        Type left = operand(comparison.left());
        Type right = operand(comparison.right());
        boolean fits =
                comparison.operator().isEquality()
                        ? comparable(left, right)
                        : ordered(left) && ordered(right);
        if (!fits) {
            problem(
                    comparison,
                    "'"
                            + comparison.operator().sign()
                            + "' does not compare "
                            + left.shown()
                            + " with "
                            + right.shown());
        }
        return Type.BOOL;
    }

    private static boolean comparable(Type one, Type other) {
        if (one == Type.ANY || other == Type.ANY || one == Type.NULL || other == Type.NULL) {
            return true;
        }
        return switch (one) {
            case Type.Simple _ -> other instanceof Type.Simple;
            case Type.ObjectOf _ -> other instanceof Type.ObjectOf;
            case Type.ListOf list ->
                    other instanceof Type.ListOf second
                            && comparable(list.element(), second.element());
        };
    }

    private static boolean ordered(Type type) {
        return type == Type.ANY || type == Type.NUMBER || type == Type.TEXT;
    }

    private Type call(Expression.Call call) {
        List<Type> arguments = call.arguments().stream().map(this::type).toList();
        Optional<Function> known = Functions.named(call.function());
        if (known.isEmpty()) {
            problem(
                    call,
                    "there is no function '"
                            + call.function()
                            + "'"
                            + Suggestion.mend(call.function(), Functions.names()));
            return Type.ANY;
        }
        Function function = known.get();
        String lower = function.name().toLowerCase(Locale.ROOT);
        if (Functions.isSpecial(lower) && !scope.functions().contains(lower)) {
            problem(call, function.name() + "() is not there in " + scope.place());
        }
        checkArguments(call, function, arguments);
        return switch (lower) {
            case "fromjson" -> parsedJson(call);
            case "case" -> chosen(call, arguments);
            default -> function.gives();
        };
    }

    private void checkArguments(Expression.Call call, Function function, List<Type> arguments) {
        int count = arguments.size();
        if (count < function.least() || count > function.most()) {
            String wanted =
                    function.least() == function.most()
                            ? String.valueOf(function.least())
                            : count < function.least()
                                    ? "at least " + function.least()
                                    : "at most " + function.most();
            problem(call, function.name() + "() takes " + wanted + " arguments, not " + count);
            return;
        }
        for (int i = 0; i < count; i++) {
            Type type = arguments.get(i);
            boolean fits =
                    switch (function.wants(i)) {
                        case ANYTHING -> true;
                        case SCALAR -> type instanceof Type.Simple;
                        case LIST_OR_SCALAR -> !(type instanceof Type.ObjectOf);
                    };
            if (!fits) {
                problem(
                        call.arguments().get(i),
                        "argument "
                                + (i + 1)
                                + " of "
                                + function.name()
                                + "() cannot be "
                                + type.shown()
                                + (function.wants(i) == Wants.LIST_OR_SCALAR
                                        ? "; it takes a string or a list"
                                        : "; it takes a string"));
            }
        }
        if (function.name().equals("format")
                && call.arguments().getFirst() instanceof Expression.Text format) {
            checkFormat(call, format, count - 1);
        }
    }

    private void checkFormat(Expression.Call call, Expression.Text format, int given) {
        Set<Integer> places = new TreeSet<>();
        String text = format.value();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c) {
                i++;
            } else if (c == '{') {
                int close = text.indexOf('}', i);
                String number = close < 0 ? "" : text.substring(i + 1, close);
                if (!number.matches("\\d{1,3}")) {
                    problem(
                            format,
                            "'{' in a format is followed by the number of an argument and '}', or"
                                    + " written twice");
                    return;
                }
                places.add(Integer.parseInt(number));
                i = close;
            }
        }
        for (int place : places) {
            if (place >= given) {
                problem(call, "the format has '{" + place + "}' and there is no argument for it");
            }
        }
        for (int i = 0; i < given; i++) {
            if (!places.contains(i)) {
                problem(
                        call.arguments().get(i + 1),
                        "the format has no '{" + i + "}' for this argument");
            }
        }
    }

    private Type parsedJson(Expression.Call call) {
        if (call.arguments().size() != 1
                || !(call.arguments().getFirst() instanceof Expression.Text literal)) {
            return Type.ANY;
        }
        Optional<Type> type = JsonType.of(literal.value());
        if (type.isEmpty()) {
            problem(literal, "the argument of fromJSON() is no JSON");
        }
        return type.orElse(Type.ANY);
    }

    private Type chosen(Expression.Call call, List<Type> arguments) {
        if (arguments.size() % 2 == 0) {
            // That there are fewer than three is told already.
            if (arguments.size() > 2) {
                problem(
                        call,
                        "case() takes pairs of a condition and a value, and a value for all else");
            }
            return Type.ANY;
        }
        Type type = arguments.getLast();
        for (int i = 1; i < arguments.size(); i += 2) {
            type = Type.merged(type, arguments.get(i));
        }
        return type;
    }

    private void problem(Expression node, String message) {
        problems.add(new ExpressionProblem(node.start(), node.end(), message));
    }
}
