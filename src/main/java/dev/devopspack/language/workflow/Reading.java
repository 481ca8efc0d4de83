package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Suggestion;
import dev.devopspack.language.workflow.expression.Type;
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

    private final YamlFile file;
    private final Positions positions;
    private final Set<WorkflowProblem> problems = new LinkedHashSet<>();
    private final ExpressionReader expressions;

    Reading(YamlFile file) {
        this.file = file;
        this.positions = new Positions(file);
        this.expressions = new ExpressionReader(positions, problems::add);
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
        return expressions.found();
    }

    /// What follows stands in this job.
    void enterJob(@Nullable String id) {
        expressions.enterJob(id);
    }

    /// What follows stands in this step.
    void enterStep(@Nullable Step inside) {
        expressions.enterStep(inside);
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
        return node instanceof Scalar scalar && ExpressionReader.isAllOf(scalar);
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
        return expressions.template(scalar, key, name, scope, asText);
    }

    /// Whether so many characters may still be looked at.
    boolean spend(int more) {
        return expressions.spend(more);
    }

    /// An `if`, which is an expression with or without `${{ }}` around it.
    void condition(YamlNode node, String key, Scope scope) {
        if (!(node instanceof Scalar scalar) || scalar.isNull() || scalar.content().isBlank()) {
            wrongType(node, key, "a condition");
            return;
        }
        expressions.condition(scalar, key, scope);
    }
}
