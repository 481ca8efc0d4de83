package dev.devopspack.language.workflow.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// What `fromJSON` gives for a literal.
final class JsonType {

    /// Deeper values are not looked at.
    private static final int MAX_DEPTH = 50;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonType() {}

    /// Empty where the text is no JSON.
    static Optional<Type> of(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(JSON.readTree(text), 0));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Type of(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            return Type.ANY;
        }
        return switch (node.getNodeType()) {
            case ARRAY ->
                    Type.listOf(
                            node.valueStream()
                                    .map(item -> of(item, depth + 1))
                                    .reduce(Type::merged)
                                    .orElse(Type.ANY));
            case OBJECT -> {
                TreeMap<String, Type> properties = new TreeMap<>();
                node.properties()
                        .forEach(property ->
                                properties.put(
                                        property.getKey().toLowerCase(Locale.ROOT),
                                        of(property.getValue(), depth + 1)));
                yield new Type.ObjectOf(properties, null);
            }
            case STRING -> Type.TEXT;
            case NUMBER -> Type.NUMBER;
            case BOOLEAN -> Type.BOOL;
            case NULL, MISSING -> Type.NULL;
            case BINARY, POJO -> Type.ANY;
        };
    }
}
