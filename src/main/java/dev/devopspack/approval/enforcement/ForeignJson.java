package dev.devopspack.approval.enforcement;

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
import org.jspecify.annotations.Nullable;

/// JSON that others wrote, read into plain values: `Map`, `List`, `String`, `BigDecimal`,
/// `Boolean`. Bounded in size, depth and number of values; a name that stands twice is refused, and
/// what is null is left out.
public final class ForeignJson {

    /// A review holds an object twice, each at most 1.5 MB large in etcd; a plan is smaller than
    /// what a submission may hold.
    public static final int MAX_CHARACTERS = 24 * 1_024 * 1_024;

    /// Custom resources nest their schemas some thirty levels deep.
    private static final int MAX_DEPTH = 150;

    private static final int MAX_VALUES = 2_000_000;

    /// A float of a sensor or a cost; longer numbers only take time to convert.
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                    .maxStringLength(MAX_CHARACTERS)
                                    .build())
                    .build();

    private final String what;
    private int values;

    private ForeignJson(String what) {
        this.what = what;
    }

    /// @param what the document's name in a refusal
    /// @throws InvalidInput if it is not one object within the bounds
    public static Map<String, Object> object(String what, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw refusal(what, "it is longer than " + MAX_CHARACTERS + " characters");
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refusal(what, "it is no JSON object");
            }
            Map<String, Object> object = new ForeignJson(what).readObject(parser);
            if (parser.nextToken() != null) {
                throw refusal(what, "something follows the JSON object");
            }
            return object;
        } catch (IOException e) {
            throw refusal(what, "it is no well-formed JSON within the bounds");
        }
    }

    private Map<String, Object> readObject(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = readValue(parser);
            if (value != null) {
                object.put(name, value);
            }
        }
        return object;
    }

    private List<Object> readList(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = readValue(parser);
            if (value == null) {
                throw refusal(what, "a list in it holds null");
            }
            list.add(value);
        }
        return list;
    }

    private @Nullable Object readValue(JsonParser parser) throws IOException {
        if (++values > MAX_VALUES) {
            throw refusal(what, "it holds more than " + MAX_VALUES + " values");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readList(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_NULL -> null;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw refusal(what, "it is no well-formed JSON");
        };
    }

    private static InvalidInput refusal(String what, String problem) {
        return new InvalidInput(what, problem, "Send it as it was made.");
    }
}
