package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Expression;
import dev.devopspack.language.workflow.expression.ExpressionParser;
import dev.devopspack.language.workflow.expression.ExpressionProblem;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Suggestion;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.workflow.expression.TypeChecker;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One pass over one file: checks values against what a key takes and collects what is wrong and
/// which expressions there are.
final class Reading {

    /// What is shown of a value in a message.
    private static final int MAX_SHOWN = 60;

    /// Characters of values that are looked at, each alias counted as what it stands for. It bounds
    /// the time that a file of aliases of one long text takes; real files have below a million.
    private static final int MAX_CHARACTERS = 20_000_000;

    /// No longer value is one expression: GitHub refuses longer expressions.
    private static final int MAX_EXPRESSION = 22_000;

    private final YamlFile file;
    private final Positions positions;
    private final Set<WorkflowProblem> problems = new LinkedHashSet<>();
    private final List<ExpressionUse> expressions = new ArrayList<>();
    private @Nullable String job;
    private @Nullable Step step;
    private int characters;

    Reading(YamlFile file) {
        this.file = file;
        this.positions = new Positions(file);
    }

    YamlFile file() {
        return file;
    }

    /// Where a part of a scalar's content stands in the file.
    Span spanIn(Scalar scalar, int start, int end) {
        int[] offsets = positions.offsets(scalar);
        return positions.span(offsets[start], Math.max(offsets[start], offsets[end]));
    }

    /// What is wrong, once each: an alias may bring the same value twice.
    List<WorkflowProblem> problems() {
        return List.copyOf(problems);
    }

    List<ExpressionUse> expressions() {
        return List.copyOf(expressions);
    }

    /// What follows stands in this job.
    void enterJob(@Nullable String id) {
        job = id;
    }

    /// What follows stands in this step.
    void enterStep(@Nullable Step inside) {
        step = inside;
    }

    void problem(Kind kind, Span span, String message) {
        problems.add(new WorkflowProblem(kind, span, message));
    }

    void syntax(Span span, String message) {
        problem(Kind.SYNTAX, span, message);
    }

    /// The mapping, which has to be there and hold something.
    Optional<Mapping> mapping(YamlNode node, String section) {
        if (node instanceof Mapping mapping) {
            if (mapping.entries().isEmpty()) {
                syntax(node.span(), "'" + section + "' is empty; remove it or fill it");
            }
            return Optional.of(mapping);
        }
        wrongType(node, section, "a mapping");
        return Optional.empty();
    }

    /// The mapping under a key that may also be empty.
    Optional<Mapping> mappingOrNothing(YamlNode node, String section) {
        return node instanceof Mapping mapping
                ? Optional.of(mapping)
                : isNull(node) ? Optional.empty() : mapping(node, section);
    }

    void wrongType(YamlNode node, String section, String wanted) {
        syntax(
                node.span(),
                isNull(node)
                        ? "'" + section + "' is empty; it takes " + wanted
                        : "'" + section + "' takes " + wanted + ", not " + shown(node));
    }

    void keys(Mapping mapping, String section, Collection<String> known) {
        Set<String> sorted = new TreeSet<>(known);
        for (Entry entry : mapping.entries().values()) {
            if (!sorted.contains(entry.key())) {
                syntax(
                        entry.node().span(),
                        section
                                + " has no key '"
                                + shortened(entry.key())
                                + "'"
                                + Suggestion.mend(entry.key(), sorted));
            }
        }
    }

    /// Keys that differ only in their case are one key to GitHub.
    void distinct(Mapping mapping, String section) {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Entry entry : mapping.entries().values()) {
            if (!seen.add(entry.key())) {
                syntax(
                        entry.node().span(),
                        "'"
                                + shortened(entry.key())
                                + "' stands twice in "
                                + section
                                + "; GitHub does not look at the case");
            }
        }
    }

    static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.isNull();
    }

    static String shown(YamlNode node) {
        return switch (node) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Scalar scalar ->
                    scalar.isNull() ? "nothing" : "'" + shortened(scalar.content()) + "'";
        };
    }

    static String shortened(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "…" : line;
    }

    /// A string, number or boolean; what is in it is checked.
    Optional<Scalar> text(YamlNode node, String section, Scope scope) {
        return text(node, section, "", scope);
    }

    /// @param name the name of the value where the key has names: an input's, a variable's
    Optional<Scalar> text(YamlNode node, String section, String name, Scope scope) {
        if (!(node instanceof Scalar scalar)) {
            wrongType(node, section, "a string");
            return Optional.empty();
        }
        template(scalar, section, name, scope, true);
        return Optional.of(scalar);
    }

    /// The same, and it must not be empty.
    Optional<Scalar> filledText(YamlNode node, String section, Scope scope) {
        if (node instanceof Scalar scalar && (scalar.isNull() || scalar.content().isBlank())) {
            syntax(node.span(), "'" + section + "' is empty; it takes a string");
            return Optional.empty();
        }
        return text(node, section, scope);
    }

    /// A string in which GitHub evaluates nothing.
    Optional<Scalar> plainText(YamlNode node, String section) {
        if (!(node instanceof Scalar scalar)) {
            wrongType(node, section, "a string");
            return Optional.empty();
        }
        if (scalar.isNull() || scalar.content().isBlank()) {
            syntax(node.span(), "'" + section + "' is empty; it takes a string");
            return Optional.empty();
        }
        return Optional.of(scalar);
    }

    void bool(YamlNode node, String section, Scope scope) {
        if (node instanceof Scalar scalar && isExpression(scalar)) {
            Type type = template(scalar, section, "", scope, false);
            if (type != Type.ANY && type != Type.BOOL) {
                problem(
                        Kind.EXPRESSION,
                        node.span(),
                        "'"
                                + section
                                + "' takes a boolean, and the expression gives "
                                + type.shown());
            }
        } else if (!(node instanceof Scalar scalar && scalar.value() instanceof Boolean)) {
            wrongType(node, section, "true, false or an expression");
        }
    }

    void number(YamlNode node, String section, Scope scope) {
        if (node instanceof Scalar scalar && isExpression(scalar)) {
            Type type = template(scalar, section, "", scope, false);
            if (type == Type.BOOL || type == Type.NULL || !(type instanceof Type.Simple)) {
                problem(
                        Kind.EXPRESSION,
                        node.span(),
                        "'"
                                + section
                                + "' takes a number, and the expression gives "
                                + type.shown());
            }
        } else if (!(node instanceof Scalar scalar && scalar.value() instanceof Number)) {
            wrongType(node, section, "a number or an expression");
        } else if (((Number) scalarOf(node)).doubleValue() <= 0) {
            syntax(node.span(), "'" + section + "' takes a number above 0, not " + shown(node));
        }
    }

    private static Object scalarOf(YamlNode node) {
        return node instanceof Scalar scalar && scalar.value() != null ? scalar.value() : 1L;
    }

    /// One string or a list of them.
    List<Scalar> texts(YamlNode node, String section, Scope scope) {
        if (node instanceof Sequence sequence) {
            if (sequence.items().isEmpty()) {
                syntax(node.span(), "'" + section + "' is empty");
            }
            List<Scalar> texts = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                filledText(item, section, scope).ifPresent(texts::add);
            }
            return texts;
        }
        return filledText(node, section, scope).stream().toList();
    }

    /// One plain string or a list of them.
    List<Scalar> plainTexts(YamlNode node, String section) {
        if (node instanceof Sequence sequence) {
            if (sequence.items().isEmpty()) {
                syntax(node.span(), "'" + section + "' is empty");
            }
            List<Scalar> texts = new ArrayList<>();
            sequence.items().forEach(item -> plainText(item, section).ifPresent(texts::add));
            return texts;
        }
        return plainText(node, section).stream().toList();
    }

    /// Whether the value is one expression and nothing else.
    static boolean isExpression(YamlNode node) {
        return node instanceof Scalar scalar
                && scalar.content().length() <= MAX_EXPRESSION
                && Template.of(scalar.content().strip()).isWhole(scalar.content().strip());
    }

    /// A value that is one expression which gives an object or list.
    Type structure(Scalar scalar, String section, Scope scope) {
        return template(scalar, section, "", scope, false);
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
        boolean whole = template.isWhole(content.strip());
        Type type = Type.TEXT;
        for (Template.Part part : template.parts()) {
            Type given = expression(part, scalar, offsets, key, name, scope, whole);
            boolean isText = given instanceof Type.Simple && given != Type.NULL;
            if (asText && !isText) {
                problem(
                        Kind.EXPRESSION,
                        positions.span(offsets[part.start()], offsets[part.end()]),
                        given.shown() + " cannot be written into a string; use toJSON()");
            }
            type = whole ? given : Type.TEXT;
        }
        return type;
    }

    /// Whether so many characters may still be looked at.
    boolean spend(int more) {
        characters += Math.min(more, MAX_CHARACTERS - characters);
        return characters < MAX_CHARACTERS;
    }

    private static Type typeOf(Scalar scalar) {
        return switch (scalar.value()) {
            case null -> Type.NULL;
            case Boolean _ -> Type.BOOL;
            case Number _ -> Type.NUMBER;
            default -> Type.TEXT;
        };
    }

    private Type expression(
            Template.Part part,
            Scalar scalar,
            int[] offsets,
            String key,
            String name,
            Scope scope,
            boolean whole) {
        Span span = positions.span(offsets[part.start()], offsets[part.end()]);
        return evaluate(
                part.text(),
                scalar,
                part.start(),
                span,
                offsets,
                part.textStart(),
                key,
                name,
                scope,
                whole);
    }

    private Type evaluate(
            String text,
            Scalar value,
            int at,
            Span span,
            int[] offsets,
            int textStart,
            String key,
            String name,
            Scope scope,
            boolean whole) {
        ExpressionParser.Parsed parsed = ExpressionParser.parse(text);
        parsed.problems().forEach(problem -> expressionProblem(problem, offsets, textStart));
        Type type = Type.ANY;
        if (parsed.tree().isPresent()) {
            TypeChecker.Checked checked = TypeChecker.check(parsed.tree().get(), scope);
            checked.problems().forEach(problem -> expressionProblem(problem, offsets, textStart));
            type = checked.problems().isEmpty() ? checked.type() : Type.ANY;
        }
        expressions.add(
                new ExpressionUse(
                        key, name, job, step, span, text, value, at, parsed.tree(), type, whole));
        return type;
    }

    private void expressionProblem(ExpressionProblem problem, int[] offsets, int textStart) {
        int last = offsets.length - 1;
        int start = offsets[Math.min(textStart + problem.start(), last)];
        int end = offsets[Math.min(textStart + problem.end(), last)];
        problem(Kind.EXPRESSION, positions.span(start, Math.max(start, end)), problem.message());
    }

    /// An `if`, which is an expression with or without `${{ }}` around it.
    void condition(YamlNode node, String key, Scope scope) {
        if (!(node instanceof Scalar scalar) || scalar.isNull() || scalar.content().isBlank()) {
            wrongType(node, key, "a condition");
            return;
        }
        String content = scalar.content();
        Template template = Template.of(content);
        if (template.parts().isEmpty() && template.unclosed() < 0) {
            if (content.length() > MAX_EXPRESSION) {
                problem(Kind.EXPRESSION, scalar.span(), "the condition is too long for GitHub");
                return;
            }
            evaluate(
                    content,
                    scalar,
                    0,
                    scalar.span(),
                    positions.offsets(scalar),
                    0,
                    key,
                    "",
                    scope,
                    true);
        } else {
            template(scalar, key, "", scope, false);
            if (!template.isWhole(content)) {
                problem(
                        Kind.CONDITION,
                        scalar.span(),
                        "the condition holds always: beside '${{ }}' there is other text, even if"
                                + " only a space or a line break, so that it is a string");
                return;
            }
        }
        constant(expressions.getLast(), scalar);
    }

    private void constant(ExpressionUse use, Scalar scalar) {
        Optional<Expression> tree = use.tree();
        if (tree.isPresent() && tree.get().isConstant()) {
            problem(
                    Kind.CONDITION,
                    scalar.span(),
                    "the condition '"
                            + shortened(use.text())
                            + "' is the same in every run; remove 'if' or what it stands at");
        }
    }
}
