package dev.devopspack.policy.workflow;

import dev.devopspack.language.workflow.Job;
import dev.devopspack.language.workflow.expression.ContextPath;
import dev.devopspack.language.workflow.expression.Expression;
import dev.devopspack.language.workflow.expression.ExpressionParser;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a value with an expression over the matrix may be.
///
/// @param values all of them; where they are not known, the text with a mark for each expression
/// @param known whether nothing but these is possible
record MatrixValues(List<String> values, boolean known) {

    /// More are not looked at: GitHub makes at most 256 jobs of a matrix.
    private static final int MAX_VALUES = 256;

    MatrixValues {
        values = List.copyOf(values);
    }

    static MatrixValues of(Job job, String text) {
        String value = text.strip();
        int open = value.indexOf("${{");
        if (open < 0) {
            return new MatrixValues(List.of(value), true);
        }
        int close = value.indexOf("}}", open);
        boolean isWhole = open == 0 && close == value.length() - 2;
        if (!isWhole) {
            return partly(job, value, open, close);
        }
        List<String> values = new ArrayList<>();
        Optional<Expression> tree = ExpressionParser.parse(value.substring(3, close)).tree();
        boolean known = tree.isPresent() && collect(job, tree.get(), values);
        return new MatrixValues(values, known);
    }

    /// One expression inside a text is filled in with each of its values.
    private static MatrixValues partly(Job job, String value, int open, int close) {
        boolean isOnly = close >= 0 && value.indexOf("${{", close) < 0;
        MatrixValues inner =
                isOnly
                        ? of(job, value.substring(open, close + 2))
                        : new MatrixValues(List.of(), false);
        if (!inner.known()) {
            return new MatrixValues(List.of(value.replaceAll("\\$\\{\\{.*?}}", "x")), false);
        }
        return new MatrixValues(
                inner.values().stream()
                        .map(v -> value.substring(0, open) + v + value.substring(close + 2))
                        .toList(),
                true);
    }

    private static boolean collect(Job job, Expression node, List<String> into) {
        return switch (node) {
            case Expression.Text text -> into.add(text.value());
            case Expression.Or or -> {
                boolean known = true;
                for (Expression operand : or.operands()) {
                    known &= collect(job, operand, into);
                }
                yield known;
            }
            case Expression.Property property -> row(job, property, into);
            default -> false;
        };
    }

    private static boolean row(Job job, Expression.Property property, List<String> into) {
        Optional<ContextPath> path = ContextPath.of(property);
        if (job.matrix().isEmpty()
                || path.isEmpty()
                || !path.get().path().startsWith("matrix.")
                || path.get().path().indexOf('.', "matrix.".length()) > 0) {
            return false;
        }
        List<YamlNode> values = new ArrayList<>();
        Optional<YamlNode> row = job.matrix().get().get(property.name());
        row.ifPresent(node ->
                node.items().stream()
                        .filter(value -> !isExcluded(job.matrix().get(), property.name(), value))
                        .forEach(values::add));
        boolean known = row.isEmpty() || !row.get().items().isEmpty();
        Optional<YamlNode> include = job.matrix().get().get("include");
        known &= include.isEmpty() || !include.get().items().isEmpty();
        for (YamlNode item : include.map(YamlNode::items).orElse(List.of())) {
            item.get(property.name()).ifPresent(values::add);
        }
        return known
                && !values.isEmpty()
                && values.size() <= MAX_VALUES
                && values.stream().allMatch(value -> add(value, into));
    }

    /// Whether `exclude` takes the value away in all combinations.
    private static boolean isExcluded(YamlNode matrix, String row, YamlNode value) {
        return matrix.get("exclude").map(YamlNode::items).orElse(List.of()).stream()
                .limit(MAX_VALUES)
                .anyMatch(item ->
                        item.entries().size() == 1
                                && item.get(row)
                                        .flatMap(YamlNode::text)
                                        .filter(text -> text.equals(value.text().orElse(null)))
                                        .isPresent());
    }

    private static boolean add(YamlNode value, List<String> into) {
        if (value instanceof Scalar scalar && !scalar.content().contains("${{")) {
            into.add(scalar.content());
            return true;
        }
        // A list of labels: each counts.
        value.items().forEach(item -> item.text().ifPresent(into::add));
        return false;
    }
}
