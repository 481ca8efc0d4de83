package dev.devopspack.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.evaluation.EvaluatedAttribute;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.schema.AttributeSchema;
import dev.devopspack.language.schema.BlockSchema;
import dev.devopspack.language.schema.NestedSchema;
import dev.devopspack.language.schema.SchemaPack;
import dev.devopspack.language.schema.SchemaPacks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `terraform show -json` says of a plan, as an evaluated module: the same rules judge it.
///
/// Values are those after the change; what is known only after an apply is unknown where the
/// configuration sets it, and not written where it does not. What an attribute refers to is read
/// off the plan's configuration.
final class PlanModule {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ADDRESS = "\"address\":";

    private final String file;
    private final Map<String, Integer> places;
    private final LineIndex lines;
    private final PlanConfiguration configuration;
    private final Map<String, EvaluatedResource> resources = new LinkedHashMap<>();

    private PlanModule(String file, String text, JsonNode plan) {
        this.file = file;
        this.places = places(text);
        this.lines = new LineIndex(text);
        this.configuration = new PlanConfiguration(plan.path("configuration"));
    }

    /// Whether a JSON text is one of a plan.
    static boolean isPlan(String text) {
        return text.contains("\"planned_values\"")
                && text.contains("\"resource_changes\"")
                && text.contains("\"format_version\"");
    }

    /// @return empty where it is none after all
    static Optional<EvaluatedModule> read(String file, String text) {
        JsonNode plan;
        try {
            plan = JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
        if (!plan.path("resource_changes").isArray() || !plan.path("planned_values").isObject()) {
            return Optional.empty();
        }
        PlanModule module = new PlanModule(file, text, plan);
        module.read(plan);
        return Optional.of(module.module());
    }

    private void read(JsonNode plan) {
        for (JsonNode resource : plan.path("resource_changes")) {
            JsonNode change = resource.path("change");
            if (change.path("after").isObject()) {
                add(resource, change.path("after"), change.path("after_unknown"));
            }
        }
        state(plan.at("/prior_state/values/root_module"), "");
    }

    /// Data sources that were read while the plan was made.
    private void state(JsonNode module, String address) {
        for (JsonNode resource : module.path("resources")) {
            if (resource.path("mode").asText().equals("data")) {
                add(resource, resource.path("values"), JSON.missingNode());
            }
        }
        for (JsonNode child : module.path("child_modules")) {
            state(child, child.path("address").asText(address));
        }
    }

    private void add(JsonNode resource, JsonNode after, JsonNode unknown) {
        String address = resource.path("address").asText();
        if (address.isEmpty()) {
            return;
        }
        String type = resource.path("type").asText();
        String name = resource.path("name").asText();
        boolean data = resource.path("mode").asText().equals("data");
        String key = key(resource.path("index"));
        String subject = (data ? "data." : "") + type + "." + name;
        String module =
                address.length() > subject.length() + key.length()
                        ? address.substring(
                                0, address.length() - subject.length() - key.length() - 1)
                        : "";
        Span place = place(address);
        EvaluatedBody body =
                new Body(module, place)
                        .of(
                                after,
                                unknown,
                                configuration.expressions(module, subject),
                                schema(type, data));
        resources.putIfAbsent(
                address,
                new EvaluatedResource(
                        address,
                        module,
                        data ? EvaluatedResource.Mode.DATA : EvaluatedResource.Mode.MANAGED,
                        type,
                        name,
                        key,
                        true,
                        file,
                        place,
                        place,
                        new EvaluatedResource.Meta(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()),
                        body));
    }

    private static String key(JsonNode index) {
        return index.isNumber()
                ? "[" + index.asText() + "]"
                : index.isTextual() ? "[" + index + "]" : "";
    }

    private static @Nullable BlockSchema schema(String type, boolean data) {
        Optional<SchemaPack> pack = SchemaPacks.forType(type);
        return pack.flatMap(known -> data ? known.dataSource(type) : known.resource(type))
                .orElse(null);
    }

    /// Where the plan speaks of the resource; the beginning where it spells the address otherwise.
    private Span place(String address) {
        Integer found = places.get(JSON.getNodeFactory().textNode(address).toString());
        if (found == null) {
            return Span.START;
        }
        int line = lines.line(found);
        int column = lines.column(found);
        return new Span(found, found, line, column, line, column);
    }

    /// Where each address, quoted as it is written, first stands among the changes.
    private static Map<String, Integer> places(String text) {
        Map<String, Integer> places = new HashMap<>();
        int at = text.indexOf(ADDRESS, Math.max(0, text.indexOf("\"resource_changes\"")));
        while (at >= 0) {
            int start = at + ADDRESS.length();
            start += text.startsWith(" ", start) ? 1 : 0;
            int end = text.startsWith("\"", start) ? closing(text, start + 1) : start;
            places.putIfAbsent(text.substring(start, end), at);
            at = text.indexOf(ADDRESS, end);
        }
        return places;
    }

    /// After the quote that ends the text.
    private static int closing(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + 1);
    }

    private EvaluatedModule module() {
        return new EvaluatedModule(
                "",
                "",
                List.copyOf(resources.values()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /// The arguments and blocks of one resource.
    private final class Body {

        private final String module;
        private final Span place;

        Body(String module, Span place) {
            this.module = module;
            this.place = place;
        }

        EvaluatedBody of(
                JsonNode after,
                JsonNode unknown,
                JsonNode expressions,
                @Nullable BlockSchema schema) {
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
                        if (!after.has(name)
                                && entry.getValue().asBoolean()
                                && expressions.has(name)) {
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
        private static boolean isFilledIn(
                String name, JsonNode value, @Nullable BlockSchema schema) {
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
                                name,
                                List.of(),
                                of(all.get(i), of, own, inside),
                                true,
                                place,
                                place));
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
                String name,
                Value value,
                JsonNode expression,
                Map<String, EvaluatedAttribute> into) {
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
                    : value.isNull() ? Value.NULL : new Value.Str(value.asText());
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

        /// What takes its value from a resource is surely set once that is applied. The value was
        /// not a constant of another branch, or the plan would know it.
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
}
