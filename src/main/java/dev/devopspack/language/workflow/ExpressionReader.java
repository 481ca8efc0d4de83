package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Expression;
import dev.devopspack.language.workflow.expression.ExpressionParser;
import dev.devopspack.language.workflow.expression.ExpressionProblem;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.workflow.expression.TypeChecker;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the expressions in the values of one file, checks them and says what is wrong with them.
final class ExpressionReader {

    /// Characters of values that are looked at, each alias counted as what it stands for. It bounds
    /// the time that a file of aliases of one long text takes; real files have below a million.
    private static final int MAX_CHARACTERS = 20_000_000;

    /// No longer value is one expression: GitHub refuses longer expressions.
    private static final int MAX_EXPRESSION = 22_000;

    private final Positions positions;
    private final Consumer<WorkflowProblem> problems;
    private final List<ExpressionUse> found = new ArrayList<>();
    private @Nullable String job;
    private @Nullable Step step;
    private int characters;

    ExpressionReader(Positions positions, Consumer<WorkflowProblem> problems) {
        this.positions = positions;
        this.problems = problems;
    }

    /// What holds expressions.
    ///
    /// @param offsets where each character of the value's content stands in the file
    /// @param name the name of the value where the key has names: an input's, a variable's
    private record Holder(Scalar value, int[] offsets, String key, String name, Scope scope) {}

    List<ExpressionUse> found() {
        return List.copyOf(found);
    }

    void enterJob(@Nullable String id) {
        job = id;
    }

    void enterStep(@Nullable Step inside) {
        step = inside;
    }

    /// Whether the value is one expression and nothing else.
    static boolean isAllOf(Scalar scalar) {
        String content = scalar.content();
        return content.length() <= MAX_EXPRESSION
                && Template.of(content.strip()).isWhole(content.strip());
    }

    /// Whether so many characters may still be looked at.
    boolean spend(int more) {
        characters += Math.min(more, MAX_CHARACTERS - characters);
        return characters < MAX_CHARACTERS;
    }

    /// Checks the expressions in a value.
    ///
    /// @param asText whether what they give becomes part of a string
    /// @return what the value is
    Type template(Scalar scalar, String key, String name, Scope scope, boolean asText) {
        String content = scalar.content();
        if (!spend(content.length())) {
            return Type.ANY;
        }
        if (!Template.isIn(content)) {
            return typeOf(scalar);
        }
        Template template = Template.of(content);
        int[] offsets = positions.offsets(scalar);
        if (template.unclosed() >= 0) {
            int start = offsets[template.unclosed()];
            problem(Kind.EXPRESSION, positions.span(start, start + 3), "'${{' has no '}}'");
        }
        Holder holder = new Holder(scalar, offsets, key, name, scope);
        boolean whole = template.isWhole(content.strip());
        Type type = Type.TEXT;
        for (Template.Part part : template.parts()) {
            Span span = positions.span(offsets[part.start()], offsets[part.end()]);
            Type given =
                    evaluated(holder, part.text(), part.start(), part.textStart(), span, whole)
                            .type();
            boolean isText = given instanceof Type.Simple && given != Type.NULL;
            if (asText && !isText) {
                problem(
                        Kind.EXPRESSION,
                        span,
                        given.shown() + " cannot be written into a string; use toJSON()");
            }
            type = whole ? given : Type.TEXT;
        }
        return type;
    }

    private static Type typeOf(Scalar scalar) {
        return switch (scalar.value()) {
            case null -> Type.NULL;
            case Boolean _ -> Type.BOOL;
            case Number _ -> Type.NUMBER;
            default -> Type.TEXT;
        };
    }

    /// @param at where it begins in the content, with its `${{`
    /// @param textAt where its text begins there
    private ExpressionUse evaluated(
            Holder holder, String text, int at, int textAt, Span span, boolean whole) {
        ExpressionParser.Parsed parsed = ExpressionParser.parse(text);
        parsed.problems().forEach(problem -> problem(problem, holder.offsets(), textAt));
        Type type = Type.ANY;
        if (parsed.tree().isPresent()) {
            TypeChecker.Checked checked = TypeChecker.check(parsed.tree().get(), holder.scope());
            checked.problems().forEach(problem -> problem(problem, holder.offsets(), textAt));
            type = checked.problems().isEmpty() ? checked.type() : Type.ANY;
        }
        ExpressionUse use =
                new ExpressionUse(
                        holder.key(),
                        holder.name(),
                        job,
                        step,
                        span,
                        text,
                        holder.value(),
                        at,
                        parsed.tree(),
                        type,
                        whole);
        found.add(use);
        return use;
    }

    /// An `if`, which is an expression with or without `${{ }}` around it.
    void condition(Scalar scalar, String key, Scope scope) {
        String content = scalar.content();
        Template template = Template.of(content);
        if (template.parts().isEmpty() && template.unclosed() < 0) {
            if (content.length() > MAX_EXPRESSION) {
                problem(Kind.EXPRESSION, scalar.span(), "the condition is too long for GitHub");
                return;
            }
            Holder holder = new Holder(scalar, positions.offsets(scalar), key, "", scope);
            constant(evaluated(holder, content, 0, 0, scalar.span(), true), scalar);
            return;
        }
        int before = found.size();
        template(scalar, key, "", scope, false);
        if (!template.isWhole(content)) {
            problem(
                    Kind.CONDITION,
                    scalar.span(),
                    "the condition holds always: beside '${{ }}' there is other text, even if"
                            + " only a space or a line break, so that it is a string");
        } else if (found.size() > before) {
            constant(found.getLast(), scalar);
        }
    }

    private void constant(ExpressionUse use, Scalar scalar) {
        Optional<Expression> tree = use.tree();
        if (tree.isPresent() && tree.get().isConstant()) {
            problem(
                    Kind.CONDITION,
                    scalar.span(),
                    "the condition '"
                            + Reading.shortened(use.text())
                            + "' is the same in every run; remove 'if' or what it stands at");
        }
    }

    private void problem(ExpressionProblem problem, int[] offsets, int textAt) {
        int last = offsets.length - 1;
        int start = offsets[Math.min(textAt + problem.start(), last)];
        int end = offsets[Math.min(textAt + problem.end(), last)];
        problem(Kind.EXPRESSION, positions.span(start, Math.max(start, end)), problem.message());
    }

    private void problem(Kind kind, Span span, String message) {
        problems.accept(new WorkflowProblem(kind, span, message));
    }
}
