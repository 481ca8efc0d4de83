package dev.devopspack.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads small JSON documents that must mean the same to every reader: what {@link Canonical}
/// writes, and what a browser's authenticator answers.
///
/// Refused are duplicate keys, numbers that are no integers within 2^53 − 1, anything behind the
/// end, and documents that are too long or too deep. A member that is `null` is left out.
public final class StrictJson {

    /// As {@link Canonical} writes at most.
    private static final int MAX_DEPTH = 32;

    private static final long MAX_INTEGER = (1L << 53) - 1;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(20)
                                    .build())
                    .build();

    private StrictJson() {}

    /// @param what the document's name in a refusal, for example `grant`
    /// @param maxCharacters how long the text may be
    /// @return the members as `String`, `Long`, `Boolean`, `List` and `Map`
    /// @throws InvalidInput if it is not one object of that kind
    public static Map<String, Object> object(String what, String text, int maxCharacters) {
        if (text.length() > maxCharacters) {
            throw new InvalidInput(
                    what,
                    "it is longer than " + maxCharacters + " characters",
                    "Give the document as it was made.");
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refusal(what, "it is no JSON object");
            }
            Map<String, Object> object = readObject(what, parser);
            if (parser.nextToken() != null) {
                throw refusal(what, "something follows the JSON object");
            }
            return object;
        } catch (IOException e) {
            throw refusal(what, "it is no well-formed JSON");
        }
    }

    private static Map<String, Object> readObject(String what, JsonParser parser)
            throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                object.put(name, readValue(what, parser));
            }
        }
        return object;
    }

    private static List<Object> readList(String what, JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(readValue(what, parser));
        }
        return list;
    }

    private static Object readValue(String what, JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(what, parser);
            case START_ARRAY -> readList(what, parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> integer(what, parser);
            case VALUE_NUMBER_FLOAT -> throw refusal(what, "it holds a number with a fraction");
            case VALUE_NULL -> throw refusal(what, "a list in it holds null");
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw refusal(what, "it is no well-formed JSON");
        };
    }

    private static Long integer(String what, JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || Math.abs(parser.getLongValue()) > MAX_INTEGER) {
            throw refusal(what, "it holds a number that is not exact in every reader");
        }
        return parser.getLongValue();
    }

    private static InvalidInput refusal(String what, String problem) {
        return new InvalidInput(what, problem, "Give the document as it was made.");
    }
}
