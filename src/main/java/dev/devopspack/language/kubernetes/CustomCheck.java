package dev.devopspack.language.kubernetes;

import dev.devopspack.language.Span;
import dev.devopspack.language.kubernetes.ManifestProblem.Kind;
import dev.devopspack.language.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Compares a custom object with the schema that its definition gives: types, required and unknown
/// fields, values, patterns, bounds and how schemas are put together. Rules in CEL are {@link
/// RulesCheck}'s.
final class CustomCheck {

    /// What one object may cost: `anyOf` inside `anyOf` multiplies, and both files are foreign.
    private static final int MAX_STEPS = 200_000;

    private static final Set<String> EMBEDDED = Set.of("apiVersion", "kind", "metadata");

    private final Manifest manifest;
    private final Problems problems;
    private final Patterns patterns = new Patterns(Patterns.MAX_SIZE);
    private int steps;

    CustomCheck(Manifest manifest, Problems problems) {
        this.manifest = manifest;
        this.problems = problems;
    }

    /// @param schema the `openAPIV3Schema` of the object's kind and version
    void judge(YamlNode schema) {
        new Names(manifest, problems).object();
        check(schema, manifest.root(), manifest.root().span(), Place.ROOT, problems, true);
    }

    /// @param into what takes the problems: those of an alternative are only counted
    /// @param structural whether unknown fields are told: alternatives name only some
    private void check(
            YamlNode schema,
            YamlNode node,
            Span at,
            Place place,
            Problems into,
            boolean structural) {
        if (++steps > MAX_STEPS
                || Problems.isNull(node)
                || Problems.isPlaceholder(node)
                || !into.wants(manifest)) {
            return;
        }
        if (!typeFits(schema, node)) {
            String wanted =
                    isTrue(schema, "x-kubernetes-int-or-string")
                            ? "a whole number or a text"
                            : Manifest.text(schema, "type");
            add(
                    into,
                    node instanceof YamlNode.Scalar ? node.span() : at,
                    place,
                    "is " + StructureCheck.found(node) + ", its definition wants " + wanted);
            return;
        }
        values(schema, node, place, into);
        switch (node) {
            case YamlNode.Mapping mapping -> mapping(schema, mapping, at, place, into, structural);
            case YamlNode.Sequence sequence -> {
                bounds(schema, "Items", sequence.items().size(), node, place, into);
                Optional<YamlNode> item = schema.get("items");
                for (int i = 0; item.isPresent() && i < sequence.items().size(); i++) {
                    YamlNode each = sequence.items().get(i);
                    check(item.get(), each, each.span(), place.item(i), into, structural);
                }
            }
            case YamlNode.Scalar scalar -> scalar(schema, scalar, place, into);
        }
        alternatives(schema, node, at, place, into);
    }

    private void mapping(
            YamlNode schema,
            YamlNode.Mapping mapping,
            Span at,
            Place place,
            Problems into,
            boolean structural) {
        Optional<YamlNode> properties = schema.get("properties");
        Optional<YamlNode> others =
                schema.get("additionalProperties").filter(YamlNode.Mapping.class::isInstance);
        boolean any =
                isTrue(schema, "x-kubernetes-preserve-unknown-fields")
                        || isTrue(schema, "additionalProperties")
                        || !Manifest.text(schema, "type").equals("object");
        mapping.entries()
                .forEach((key, entry) -> {
                    Optional<YamlNode> property = properties.flatMap(known -> known.get(key));
                    if (isGiven(schema, key, place)) {
                        return;
                    }
                    Optional<YamlNode> inside = property.or(() -> others);
                    if (inside.isPresent()) {
                        check(
                                inside.get(),
                                entry.value(),
                                entry.node().span(),
                                place.key(key),
                                into,
                                structural);
                    } else if (structural && !any && !Problems.isPlaceholder(key)) {
                        add(
                                into,
                                entry.node().span(),
                                place,
                                "has no field "
                                        + Problems.quoted(key)
                                        + Problems.suggestion(
                                                key,
                                                properties
                                                        .map(known -> known.entries().keySet())
                                                        .orElse(Set.of())));
                    }
                });
        bounds(schema, "Properties", mapping.entries().size(), mapping, place, into);
        if (manifest.partial()) {
            return;
        }
        for (YamlNode required : schema.get("required").map(YamlNode::items).orElse(List.of())) {
            String name = required.text().orElse("");
            boolean filled =
                    properties
                            .flatMap(known -> known.get(name))
                            .flatMap(known -> known.get("default"))
                            .isPresent();
            if (!filled && mapping.get(name).isEmpty()) {
                add(into, at, place, "lacks the field " + Problems.quoted(name));
            }
        }
    }

    /// What the API server judges itself in an object and in one that stands inside it.
    private static boolean isGiven(YamlNode schema, String key, Place place) {
        return EMBEDDED.contains(key)
                && (place.isRoot() || isTrue(schema, "x-kubernetes-embedded-resource"));
    }

    private static boolean typeFits(YamlNode schema, YamlNode node) {
        if (isTrue(schema, "x-kubernetes-int-or-string")) {
            return node instanceof YamlNode.Scalar scalar
                    && (scalar.value() instanceof Long || scalar.value() instanceof String);
        }
        return switch (Manifest.text(schema, "type")) {
            case "object" -> node instanceof YamlNode.Mapping;
            case "array" -> node instanceof YamlNode.Sequence;
            case "string" ->
                    node instanceof YamlNode.Scalar scalar && scalar.value() instanceof String;
            case "boolean" ->
                    node instanceof YamlNode.Scalar scalar && scalar.value() instanceof Boolean;
            case "integer" ->
                    node instanceof YamlNode.Scalar scalar
                            && (scalar.value() instanceof Long
                                    || (scalar.value() instanceof Double number
                                            && Math.rint(number) == number));
            case "number" ->
                    node instanceof YamlNode.Scalar scalar && scalar.value() instanceof Number;
            default -> true;
        };
    }

    private void values(YamlNode schema, YamlNode node, Place place, Problems into) {
        List<YamlNode> allowed = schema.get("enum").map(YamlNode::items).orElse(List.of());
        if (allowed.isEmpty() || !(node instanceof YamlNode.Scalar)) {
            return;
        }
        List<String> texts = allowed.stream().map(each -> each.text().orElse("null")).toList();
        String text = node.text().orElse("null");
        if (!texts.contains(text)) {
            String hint = Problems.suggestion(text, texts);
            add(
                    into,
                    node.span(),
                    place,
                    "cannot be "
                            + Problems.quoted(text)
                            + (hint.isEmpty() && texts.size() <= 6
                                    ? "; it takes " + String.join(", ", texts)
                                    : hint));
        }
    }

    private void scalar(YamlNode schema, YamlNode.Scalar scalar, Place place, Problems into) {
        if (scalar.value() instanceof String text) {
            bounds(schema, "Length", text.codePointCount(0, text.length()), scalar, place, into);
            String pattern = Manifest.text(schema, "pattern");
            if (!pattern.isEmpty() && !matches(pattern, text)) {
                add(
                        into,
                        scalar.span(),
                        place,
                        "does not match the pattern " + Problems.quoted(pattern));
            }
        } else if (scalar.value() instanceof Number number) {
            bound(schema, "minimum", "exclusiveMinimum", number.doubleValue(), scalar, place, into);
            bound(schema, "maximum", "exclusiveMaximum", number.doubleValue(), scalar, place, into);
        }
    }

    /// A pattern that is not of this kind of regular expressions, or that costs too much, is not
    /// judged.
    private boolean matches(String pattern, String text) {
        OptionalInt cost = patterns.cost(pattern, text);
        if (cost.isEmpty()) {
            return true;
        }
        steps += cost.getAsInt();
        return steps > MAX_STEPS || patterns.isIn(pattern, text).orElse(true);
    }

    private void bound(
            YamlNode schema,
            String name,
            String exclusive,
            double number,
            YamlNode node,
            Place place,
            Problems into) {
        Optional<Double> limit = number(schema, name);
        if (limit.isEmpty()) {
            return;
        }
        int order = Double.compare(number, limit.get());
        boolean outside = name.equals("minimum") ? order < 0 : order > 0;
        if (outside || (order == 0 && isTrue(schema, exclusive))) {
            add(into, node.span(), place, "is beyond its " + name + " of " + text(limit.get()));
        }
    }

    private void bounds(
            YamlNode schema, String what, int size, YamlNode node, Place place, Problems into) {
        boolean few = number(schema, "min" + what).filter(least -> size < least).isPresent();
        boolean many = number(schema, "max" + what).filter(most -> size > most).isPresent();
        if (few || many) {
            String name = (few ? "min" : "max") + what;
            add(
                    into,
                    node.span(),
                    place,
                    "is beyond its " + name + " of " + text(number(schema, name).orElseThrow()));
        }
    }

    private void alternatives(YamlNode schema, YamlNode node, Span at, Place place, Problems into) {
        schema.get("allOf")
                .map(YamlNode::items)
                .orElse(List.of())
                .forEach(each -> check(each, node, at, place, into, false));
        List<YamlNode> any = schema.get("anyOf").map(YamlNode::items).orElse(List.of());
        if (!any.isEmpty() && any.stream().noneMatch(each -> fits(each, node, at, place))) {
            add(into, at, place, "fits none of the forms that its definition names");
        }
        List<YamlNode> one = schema.get("oneOf").map(YamlNode::items).orElse(List.of());
        long fitting = one.stream().filter(each -> fits(each, node, at, place)).count();
        if (!one.isEmpty() && fitting != 1 && steps <= MAX_STEPS) {
            add(
                    into,
                    at,
                    place,
                    fitting == 0
                            ? "fits none of the forms that its definition names"
                            : "fits several of the forms of which its definition wants one");
        }
        schema.get("not")
                .filter(denied -> steps <= MAX_STEPS && fits(denied, node, at, place))
                .ifPresent(_ -> add(into, at, place, "has a form that its definition excludes"));
    }

    private boolean fits(YamlNode schema, YamlNode node, Span at, Place place) {
        Problems own = new Problems();
        check(schema, node, at, place, own, false);
        return own.all().isEmpty();
    }

    static boolean isTrue(YamlNode schema, String key) {
        return schema.get(key)
                .filter(node ->
                        node instanceof YamlNode.Scalar scalar
                                && Boolean.TRUE.equals(scalar.value()))
                .isPresent();
    }

    private static Optional<Double> number(YamlNode schema, String key) {
        return schema.get(key)
                .flatMap(node ->
                        node instanceof YamlNode.Scalar scalar
                                        && scalar.value() instanceof Number number
                                ? Optional.of(number.doubleValue())
                                : Optional.empty());
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    private void add(Problems into, Span span, Place place, String message) {
        into.add(Kind.CUSTOM, manifest, span, place, message);
    }
}
