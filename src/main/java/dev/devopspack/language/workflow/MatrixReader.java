package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Suggestion;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads the matrix of a job and works out what its values are.
final class MatrixReader {

    /// More values are not compared with each other: GitHub makes at most 256 jobs of a matrix.
    private static final int MAX_COMPARED = 256;

    private static final Type UNKNOWN = Type.anyOf(Type.ANY);

    private final Reading reading;
    private final Scope scope;
    private final Map<String, List<YamlNode>> rows = new LinkedHashMap<>();
    private final Set<String> openRows = new LinkedHashSet<>();
    private final TreeMap<String, Type> types = new TreeMap<>();
    private boolean open;

    MatrixReader(Reading reading, Scope scope) {
        this.reading = reading;
        this.scope = scope;
    }

    /// The context `matrix`.
    Type read(YamlNode node) {
        if (Reading.isExpression(node)) {
            reading.structure((Scalar) node, "matrix", scope);
            return UNKNOWN;
        }
        reading.mapping(node, "matrix").ifPresent(this::matrix);
        return open ? new Type.ObjectOf(Type.only(types).properties(), Type.ANY) : Type.only(types);
    }

    private void matrix(Mapping matrix) {
        reading.distinct(matrix, "the matrix");
        for (Entry entry : matrix.entries().values()) {
            if (!entry.key().equals("include") && !entry.key().equals("exclude")) {
                row(entry);
            }
        }
        matrix.get("include").ifPresent(this::include);
        matrix.get("exclude").ifPresent(this::exclude);
    }

    private void row(Entry row) {
        if (Reading.isExpression(row.value())) {
            Type type = reading.structure((Scalar) row.value(), "matrix", scope);
            types.put(row.key(), type instanceof Type.ListOf list ? list.element() : Type.ANY);
            openRows.add(row.key());
            return;
        }
        if (!(row.value() instanceof Sequence sequence)) {
            reading.wrongType(row.value(), row.key(), "a list of values or an expression");
            types.put(row.key(), Type.ANY);
            openRows.add(row.key());
            return;
        }
        if (sequence.items().isEmpty()) {
            reading.syntax(row.value().span(), "'" + row.key() + "' has no values");
        }
        rows.put(row.key(), sequence.items());
        types.put(
                row.key(),
                sequence.items().stream().map(this::value).reduce(Type::merged).orElse(Type.ANY));
        duplicates(row.key(), sequence.items());
    }

    private void duplicates(String row, List<YamlNode> values) {
        Set<String> seen = new LinkedHashSet<>();
        for (YamlNode value : values.subList(0, Math.min(values.size(), MAX_COMPARED))) {
            boolean isDuplicate = !isDynamic(value) && !seen.add(written(value));
            if (isDuplicate) {
                reading.problem(
                        Kind.MATRIX,
                        value.span(),
                        "the value " + Reading.shown(value) + " of '" + row + "' stands twice");
            }
        }
    }

    private static boolean isDynamic(YamlNode value) {
        return switch (value) {
            case Scalar scalar -> Template.isIn(scalar.content());
            case Sequence sequence -> sequence.items().stream().anyMatch(MatrixReader::isDynamic);
            case Mapping mapping ->
                    mapping.entries().values().stream().anyMatch(entry -> isDynamic(entry.value()));
        };
    }

    /// The same for values that are the same.
    private static String written(YamlNode value) {
        return switch (value) {
            case Scalar scalar -> "'" + scalar.content() + "'" + scalar.isNull();
            case Sequence sequence ->
                    sequence.items().stream()
                            .map(MatrixReader::written)
                            .collect(Collectors.joining(",", "[", "]"));
            case Mapping mapping ->
                    mapping.entries().values().stream()
                            .map(entry -> entry.key() + ":" + written(entry.value()))
                            .sorted()
                            .collect(Collectors.joining(",", "{", "}"));
        };
    }

    /// What a value is; expressions in it are checked.
    private Type value(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> reading.template(scalar, "matrix", "", scope, false);
            case Sequence sequence ->
                    Type.listOf(
                            sequence.items().stream()
                                    .map(this::value)
                                    .reduce(Type::merged)
                                    .orElse(Type.ANY));
            case Mapping mapping -> {
                TreeMap<String, Type> properties = new TreeMap<>();
                mapping.entries()
                        .values()
                        .forEach(entry -> properties.put(entry.key(), value(entry.value())));
                yield Type.only(properties);
            }
        };
    }

    private void include(YamlNode node) {
        for (Mapping item : combinations(node, "include")) {
            for (Entry entry : item.entries().values()) {
                types.merge(entry.key(), value(entry.value()), Type::merged);
            }
        }
    }

    private List<Mapping> combinations(YamlNode node, String section) {
        if (Reading.isExpression(node)) {
            reading.structure((Scalar) node, "matrix", scope);
            open |= section.equals("include");
            return List.of();
        }
        if (!(node instanceof Sequence sequence)) {
            reading.wrongType(node, section, "a list of combinations or an expression");
            open = true;
            return List.of();
        }
        if (sequence.items().isEmpty()) {
            reading.syntax(node.span(), "'" + section + "' is empty; remove it or fill it");
        }
        List<Mapping> combinations = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            if (Reading.isExpression(item)) {
                reading.structure((Scalar) item, "matrix", scope);
                open |= section.equals("include");
            } else {
                reading.mapping(item, section).ifPresent(combinations::add);
            }
        }
        return combinations;
    }

    private void exclude(YamlNode node) {
        for (Mapping item : combinations(node, "exclude")) {
            for (Entry entry : item.entries().values()) {
                value(entry.value());
                excluded(entry);
            }
        }
    }

    private void excluded(Entry entry) {
        List<YamlNode> values = rows.get(entry.key());
        if (values == null) {
            if (!openRows.contains(entry.key())) {
                reading.problem(
                        Kind.MATRIX,
                        entry.node().span(),
                        "'exclude' names '"
                                + Reading.shortened(entry.key())
                                + "', which the matrix does not have"
                                + Suggestion.mend(entry.key(), rows.keySet()));
            }
            return;
        }
        boolean matches =
                values.size() > MAX_COMPARED
                        || values.stream().anyMatch(value -> matches(entry.value(), value));
        if (!matches) {
            reading.problem(
                    Kind.MATRIX,
                    entry.value().span(),
                    "'exclude' takes away nothing: no value of '"
                            + Reading.shortened(entry.key())
                            + "' is like "
                            + Reading.shown(entry.value()));
        }
    }

    /// Whether a value has all that the pattern has. An expression may be anything.
    private static boolean matches(YamlNode pattern, YamlNode value) {
        return switch (pattern) {
            case Scalar scalar when Template.isIn(scalar.content()) -> true;
            case Scalar scalar ->
                    value instanceof Scalar other
                            && (Template.isIn(other.content())
                                    || scalar.content().equalsIgnoreCase(other.content()));
            case Mapping mapping ->
                    isTemplate(value)
                            || (value instanceof Mapping other
                                    && mapping.entries().values().stream()
                                            .allMatch(entry ->
                                                    other.get(entry.key())
                                                            .filter(v -> matches(entry.value(), v))
                                                            .isPresent()));
            case Sequence sequence ->
                    isTemplate(value)
                            || (value instanceof Sequence other && sameItems(sequence, other));
        };
    }

    private static boolean sameItems(Sequence pattern, Sequence value) {
        if (pattern.items().size() != value.items().size()) {
            return false;
        }
        for (int i = 0; i < pattern.items().size(); i++) {
            if (!matches(pattern.items().get(i), value.items().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTemplate(YamlNode value) {
        return value instanceof Scalar scalar && Template.isIn(scalar.content());
    }
}
