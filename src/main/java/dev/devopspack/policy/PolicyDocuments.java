package dev.devopspack.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cel.common.values.NullValue;
import dev.devopspack.language.hcl.evaluation.EvaluatedAttribute;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlSchema;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads AWS policy documents however they are written: JSON text, `jsonencode`, a heredoc with
/// interpolations, or a `data.aws_iam_policy_document`.
final class PolicyDocuments {

    /// A document may take statements from others, which may do so again.
    private static final int MAX_SOURCES_DEPTH = 5;

    private static final String DOCUMENT = "data.aws_iam_policy_document";

    /// A comma too many is refused by AWS, but what was meant is plain.
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

    private PolicyDocuments() {}

    /// One statement with the place where it is written.
    record Statement(Attributes attributes, Subject.Place place, boolean borrowed) {}

    /// A list of {@link Attributes}, or the unknown that the policy is.
    static Object statements(TerraformSubject subject, String path) {
        Object found = of(subject, path);
        if (!(found instanceof List<?> list)) {
            return found;
        }
        List<Object> attributes = new ArrayList<>();
        for (Object item : list) {
            attributes.add(item instanceof Statement statement ? statement.attributes() : item);
        }
        return attributes;
    }

    /// A list of {@link Statement}, or the unknown that the policy is.
    static Object of(TerraformSubject subject, String path) {
        Optional<EvaluatedAttribute> attribute = subject.attribute(path);
        if (attribute.isEmpty()) {
            return List.of();
        }
        Subject.Place place = subject.place(attribute.get().nameSpan());
        return switch (attribute.get().value()) {
            case Value.Null _ -> List.of();
            // `default = ""` is how a module says that it adds no policy of its own.
            case Value.Str text when text.value().isBlank() -> List.of();
            case Value.Str text -> fromJson(text.value(), place);
            case Value.Unknown unknown when unknown.hint() instanceof Value.Hint.Json json ->
                    fromTree(TerraformValues.withPartialTexts(json.value()), place);
            case Value.Unknown unknown -> fromUnknown(subject, attribute.get(), unknown, place);
            // Terraform wants text, but what was meant is plain.
            case Value.ObjectValue object ->
                    fromTree(TerraformValues.withPartialTexts(object), place);
            case Value.Bool _, Value.Num _, Value.ListValue _ ->
                    Unknowns.because("'" + path + "' is no policy text");
        };
    }

    private static Object fromUnknown(
            TerraformSubject subject,
            EvaluatedAttribute attribute,
            Value.Unknown unknown,
            Subject.Place place) {
        List<TerraformSubject> documents = documents(subject, attribute);
        if (!documents.isEmpty()) {
            List<Object> statements = new ArrayList<>();
            documents.forEach(document -> statements.addAll(ofDocument(document, 0)));
            return statements;
        }
        Optional<String> text = unknown.textWith(TerraformValues.STAND_IN);
        if (text.isPresent() && !text.get().replace(TerraformValues.STAND_IN, "").isBlank()) {
            return fromJson(text.get(), place);
        }
        return Unknowns.because(unknown.reason());
    }

    private static List<TerraformSubject> documents(
            TerraformSubject subject, EvaluatedAttribute attribute) {
        List<String> addresses =
                attribute.references().stream()
                        .filter(reference ->
                                reference.path().contains("json")
                                        || reference.path().contains("minified_json"))
                        .map(Reference::address)
                        .filter(address -> address.contains(DOCUMENT + "."))
                        .toList();
        return subject.surroundings().ofKind(DOCUMENT).stream()
                .filter(document -> addresses.contains(Relations.withoutKeys(document.address())))
                .map(TerraformSubject.class::cast)
                .toList();
    }

    /// What the JSON or YAML text in an attribute says, as a list: the items of an array, or the
    /// one value. Texts, numbers and booleans are texts. Unknown where the attribute is.
    static Object json(TerraformSubject subject, String path) {
        Optional<EvaluatedAttribute> attribute = subject.attribute(path);
        if (attribute.isEmpty()) {
            return List.of();
        }
        return switch (attribute.get().value()) {
            case Value.Null _ -> List.of();
            case Value.Str text -> parsed(text.value());
            case Value.Unknown unknown when unknown.hint() instanceof Value.Hint.Json json ->
                    listed(TerraformValues.of(json.value()));
            case Value.Unknown unknown ->
                    unknown.textWith(TerraformValues.STAND_IN)
                            .filter(text -> !text.replace(TerraformValues.STAND_IN, "").isBlank())
                            .map(PolicyDocuments::parsed)
                            .orElseGet(() -> Unknowns.because(unknown.reason()));
            case Value.ListValue _, Value.ObjectValue _, Value.Bool _, Value.Num _ ->
                    listed(TerraformValues.of(attribute.get().value()));
        };
    }

    private static Object parsed(String text) {
        try {
            return listed(plain(JSON.readTree(text)));
        } catch (JsonProcessingException e) {
            return fromYaml(text);
        }
    }

    /// A document of Systems Manager may be written in YAML.
    private static Object fromYaml(String text) {
        YamlFile file = Yaml.read("document", text, YamlSchema.GITHUB);
        return file.valid()
                        && file.documents().size() == 1
                        && file.documents().getFirst() instanceof YamlNode.Mapping mapping
                ? List.of(plain(mapping))
                : Unknowns.because("the text is neither JSON nor YAML");
    }

    private static Object plain(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                Map<String, Object> members = new LinkedHashMap<>();
                mapping.entries().forEach((key, entry) -> members.put(key, plain(entry.value())));
                yield new Attributes(members);
            }
            case YamlNode.Sequence sequence ->
                    sequence.items().stream().map(PolicyDocuments::plain).toList();
            case YamlNode.Scalar scalar ->
                    scalar.isNull() ? NullValue.NULL_VALUE : orUnknown(scalar.content());
        };
    }

    /// The statements of a `data.aws_iam_policy_document` and of those it takes over.
    static List<Object> ofDocument(TerraformSubject document, int depth) {
        List<Object> statements = new ArrayList<>();
        for (EvaluatedBlock block : document.body().blocks("statement")) {
            if (block.certain()) {
                statements.add(
                        new Statement(
                                fromBlock(block.body()),
                                document.place(block.header()),
                                depth > 0));
            } else {
                statements.add(Unknowns.because("its statements are made by a dynamic block"));
            }
        }
        if (depth < MAX_SOURCES_DEPTH) {
            for (String taken : List.of("source_policy_documents", "override_policy_documents")) {
                document.body()
                        .attribute(taken)
                        .ifPresent(attribute ->
                                documents(document, attribute)
                                        .forEach(source ->
                                                statements.addAll(ofDocument(source, depth + 1))));
            }
        }
        return statements;
    }

    private static Attributes fromBlock(EvaluatedBody body) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("sid", text(body, "sid", ""));
        statement.put("effect", text(body, "effect", "Allow"));
        statement.put("actions", texts(body, "actions"));
        statement.put("notActions", texts(body, "not_actions"));
        statement.put("resources", texts(body, "resources"));
        statement.put("notResources", texts(body, "not_resources"));
        statement.put("principals", principals(body, "principals"));
        statement.put("notPrincipals", principals(body, "not_principals"));
        List<Object> conditions = new ArrayList<>();
        for (EvaluatedBlock block : body.blocks("condition")) {
            conditions.add(
                    new Attributes(
                            Map.of(
                                    "test", text(block.body(), "test", ""),
                                    "variable", text(block.body(), "variable", ""),
                                    "values", texts(block.body(), "values"))));
        }
        statement.put("conditions", conditions);
        return new Attributes(statement);
    }

    private static List<Object> principals(EvaluatedBody body, String name) {
        List<Object> principals = new ArrayList<>();
        for (EvaluatedBlock block : body.blocks(name)) {
            Object type = text(block.body(), "type", "");
            Object ids = texts(block.body(), "identifiers");
            for (Object id : ids instanceof List<?> list ? list : List.of(ids)) {
                principals.add(new Attributes(Map.of("type", type, "id", id)));
            }
        }
        return principals;
    }

    private static Object text(EvaluatedBody body, String name, String otherwise) {
        Object value =
                body.value(name)
                        .map(TerraformValues::withPartialTexts)
                        .orElse(NullValue.NULL_VALUE);
        return value == NullValue.NULL_VALUE ? otherwise : value;
    }

    private static Object texts(EvaluatedBody body, String name) {
        return listed(
                body.value(name)
                        .map(TerraformValues::withPartialTexts)
                        .orElse(NullValue.NULL_VALUE));
    }

    private static Object fromJson(String text, Subject.Place place) {
        try {
            return fromTree(plain(JSON.readTree(text)), place);
        } catch (JsonProcessingException e) {
            return Unknowns.because("the policy is no JSON");
        }
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            node.properties()
                    .forEach(entry -> members.put(entry.getKey(), plain(entry.getValue())));
            return new Attributes(members);
        }
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (node.isNull() || node.isMissingNode()) {
            return NullValue.NULL_VALUE;
        }
        return orUnknown(node.asText());
    }

    private static Object orUnknown(String text) {
        return text.equals(TerraformValues.STAND_IN)
                ? Unknowns.because("part of the policy is known after apply")
                : text;
    }

    private static Object fromTree(Object tree, Subject.Place place) {
        if (!(tree instanceof Attributes policy)) {
            return tree instanceof List<?>
                    ? List.of()
                    : Unknowns.because("the policy is no object");
        }
        Object listed = listed(policy.get("Statement"));
        if (!(listed instanceof List<?> items)) {
            return listed;
        }
        List<Object> statements = new ArrayList<>();
        for (Object item : items) {
            statements.add(
                    item instanceof Attributes raw
                            ? new Statement(fromRaw(raw), place, false)
                            : item);
        }
        return statements;
    }

    private static Attributes fromRaw(Attributes raw) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("sid", raw.isWritten("Sid") ? raw.get("Sid") : "");
        statement.put("effect", raw.get("Effect"));
        statement.put("actions", listed(raw.get("Action")));
        statement.put("notActions", listed(raw.get("NotAction")));
        statement.put("resources", listed(raw.get("Resource")));
        statement.put("notResources", listed(raw.get("NotResource")));
        statement.put("principals", rawPrincipals(raw.get("Principal")));
        statement.put("notPrincipals", rawPrincipals(raw.get("NotPrincipal")));
        List<Object> conditions = new ArrayList<>();
        if (raw.get("Condition") instanceof Attributes tests) {
            tests.forEach((test, keys) -> {
                if (keys instanceof Attributes variables) {
                    variables.forEach((variable, values) ->
                            conditions.add(
                                    new Attributes(
                                            Map.of(
                                                    "test", test,
                                                    "variable", variable,
                                                    "values", listed(values)))));
                }
            });
        }
        statement.put("conditions", conditions);
        return new Attributes(statement);
    }

    private static List<Object> rawPrincipals(Object raw) {
        List<Object> principals = new ArrayList<>();
        if (raw instanceof Attributes byType) {
            byType.forEach((type, ids) -> {
                Object listed = listed(ids);
                for (Object id : listed instanceof List<?> l ? l : List.of(listed)) {
                    principals.add(new Attributes(Map.of("type", type, "id", id)));
                }
            });
        } else if (raw instanceof String text) {
            principals.add(
                    new Attributes(Map.of("type", text.equals("*") ? "*" : "AWS", "id", text)));
        } else if (raw != NullValue.NULL_VALUE) {
            principals.add(raw);
        }
        return principals;
    }

    private static Object listed(Object value) {
        if (value instanceof List<?> || value instanceof dev.cel.runtime.CelUnknownSet) {
            return value;
        }
        return value == NullValue.NULL_VALUE ? List.of() : List.of(value);
    }
}
