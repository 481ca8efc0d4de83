package dev.devopspack.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.evaluation.EvaluatedAttribute;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.schema.AttributeSchema;
import dev.devopspack.language.schema.BlockSchema;
import dev.devopspack.language.schema.NestedSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The arguments and blocks of one resource of a plan.
final class PlanBody {

    private final PlanConfiguration configuration;
    private final String module;
    private final Span place;

    /// @param module address of its instance
    /// @param place of all that it holds: a plan tells none within a resource
    PlanBody(PlanConfiguration configuration, String module, Span place) {
        this.configuration = configuration;
        this.module = module;
        this.place = place;
    }

    EvaluatedBody of(
            JsonNode after, JsonNode unknown, JsonNode expressions, @Nullable BlockSchema schema) {
        Map<String, EvaluatedAttribute> attributes = new LinkedHashMap<>();
        List<EvaluatedBlock> blocks = new ArrayList<>();
        after.properties()
                .forEach(entry -> {
                    String name = entry.getKey();
                    JsonNode value = entry.getValue();
                    JsonNode later = unknown.path(name);
                    boolean configured = expressions.isMissingNode() || expressions.has(name);
                    if (!configured && isFilledIn(name, value, schema)) {
                        return;
                    }
                    if (isBlock(name, value, schema)) {
                        blocks(name, value, later, expressions.path(name), schema, blocks);
                    } else {
                        attribute(name, value, later, expressions.path(name), attributes);
                    }
                });
        unknown.properties()
                .forEach(entry -> {
                    String name = entry.getKey();
                    if (!after.has(name) && entry.getValue().asBoolean() && expressions.has(name)) {
                        put(
                                name,
                                unknown(expressions.path(name)),
                                expressions.path(name),
                                attributes);
                    }
                });
        return new EvaluatedBody(attributes, blocks, place);
    }

    /// What nobody configured and the provider filled in says what is, not what was written; a
    /// default that the provider fixes is as good as written.
    private static boolean isFilledIn(String name, JsonNode value, @Nullable BlockSchema schema) {
        if (schema == null) {
            return value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty();
        }
        AttributeSchema attribute = schema.attributes().get(name);
        NestedSchema nested = schema.nested().get(name);
        return attribute != null
                ? attribute.presence().computed()
                : nested != null && nested.presence().computed();
    }

    private static boolean isBlock(String name, JsonNode value, @Nullable BlockSchema schema) {
        NestedSchema nested = schema == null ? null : schema.nested().get(name);
        if (schema != null) {
            return nested != null && !nested.attributeOnly();
        }
        return value.isArray() && !value.isEmpty() && value.get(0).isObject();
    }

    private void blocks(
            String name,
            JsonNode value,
            JsonNode later,
            JsonNode expressions,
            @Nullable BlockSchema schema,
            List<EvaluatedBlock> into) {
        NestedSchema nested = schema == null ? null : schema.nested().get(name);
        BlockSchema inside = nested == null ? null : nested.body();
        List<JsonNode> all = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(all::add);
        } else if (value.isObject()) {
            all.add(value);
        }
        for (int i = 0; i < all.size(); i++) {
            JsonNode own = expressions.isArray() ? nearest(expressions, i) : expressions;
            JsonNode of = later.isArray() ? later.path(i) : later;
            into.add(
                    new EvaluatedBlock(
                            name, List.of(), of(all.get(i), of, own, inside), true, place, place));
        }
    }

    /// A `dynamic` block has one expression for all that it makes.
    private static JsonNode nearest(JsonNode expressions, int index) {
        return expressions.path(Math.min(index, Math.max(0, expressions.size() - 1)));
    }

    private void attribute(
            String name,
            JsonNode value,
            JsonNode later,
            JsonNode expression,
            Map<String, EvaluatedAttribute> into) {
        boolean whole = later.isBoolean() && later.asBoolean();
        if (whole && !expression.isMissingNode()) {
            put(name, unknown(expression), expression, into);
        } else if (!whole && !value.isNull()) {
            put(name, value(value, later, expression), expression, into);
        }
    }

    private void put(
            String name, Value value, JsonNode expression, Map<String, EvaluatedAttribute> into) {
        into.put(
                name,
                new EvaluatedAttribute(
                        name,
                        value,
                        new Hcl.Null(place),
                        configuration.references(module, expression),
                        place,
                        place));
    }

    private Value value(JsonNode value, JsonNode later, JsonNode expression) {
        if (later.isBoolean() && later.asBoolean()) {
            return unknown(expression);
        }
        if (value.isArray()) {
            List<Value> items = new ArrayList<>();
            for (int i = 0; i < value.size(); i++) {
                items.add(value(value.get(i), later.path(i), expression));
            }
            return Value.list(items);
        }
        if (value.isObject()) {
            Map<String, Value> members = new LinkedHashMap<>();
            value.properties()
                    .forEach(entry ->
                            members.put(
                                    entry.getKey(),
                                    value(
                                            entry.getValue(),
                                            later.path(entry.getKey()),
                                            expression)));
            later.properties()
                    .forEach(entry -> {
                        if (entry.getValue().asBoolean()) {
                            members.putIfAbsent(entry.getKey(), unknown(expression));
                        }
                    });
            return Value.object(members);
        }
        if (value.isNumber()) {
            return number(value, expression);
        }
        return value.isBoolean()
                ? Value.of(value.asBoolean())
                : value.isNull() ? Value.Null.VALUE : new Value.Str(value.asText());
    }

    /// Of what no `double` can hold, such as `1e999`, nothing is left but that it was written.
    private Value number(JsonNode value, JsonNode expression) {
        return Double.isFinite(value.doubleValue()) || value.isBigInteger()
                ? new Value.Num(value.decimalValue())
                : new Value.Unknown(
                        "the plan has a number that is too large",
                        configuration.references(module, expression),
                        null);
    }

    /// What takes its value from a resource is surely set once that is applied. The value was not a
    /// constant of another branch, or the plan would know it.
    private Value unknown(JsonNode expression) {
        Set<Reference> references = configuration.references(module, expression);
        List<Reference> exported =
                references.stream()
                        .filter(each -> !each.subject().startsWith("var."))
                        .filter(each -> !each.subject().startsWith("local."))
                        .filter(each -> !each.path().isEmpty())
                        .toList();
        if (exported.isEmpty()) {
            return new Value.Unknown("the plan says it is known after apply", references, null);
        }
        Value.Unknown first = Value.Unknown.of(exported.getFirst());
        boolean ofOne = exported.stream().map(Reference::subject).distinct().count() == 1;
        Value.Hint hint = ofOne ? first.hint() : new Value.Hint.Text(List.of(first));
        return new Value.Unknown(first.reason(), references, hint);
    }
}
