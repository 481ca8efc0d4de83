package dev.devopspack.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.devopspack.task.InvalidInput;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A request's body as a JSON object, read field by field.
record JsonBody(JsonObject json) {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    static JsonBody of(@Nullable String body) {
        String text = body == null || body.isBlank() ? "{}" : body;
        try {
            checkNames(text);
            return new JsonBody(new JsonObject(text));
        } catch (IOException | DecodeException | ClassCastException e) {
            throw new InvalidInput(
                    "body",
                    "it is no JSON object, or a name stands twice in it",
                    "Send a JSON object.");
        }
    }

    /// A name that stands twice means one thing to us and may mean another to who wrote it.
    private static void checkNames(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            while (parser.nextToken() != null) {}
        }
    }

    String text(String name) {
        String text = optionalText(name);
        if (text == null || text.isBlank()) {
            throw new InvalidInput("/" + name, "it is missing", "Send '" + name + "' as a text.");
        }
        return text;
    }

    @Nullable String optionalText(String name) {
        Object value = json.getValue(name);
        if (value != null && !(value instanceof String)) {
            throw new InvalidInput("/" + name, "it is no text", "Send '" + name + "' as a text.");
        }
        return (String) value;
    }

    /// An object inside, as the text that its reader further in takes.
    String object(String name) {
        if (json.getValue(name) instanceof JsonObject object) {
            return object.encode();
        }
        throw new InvalidInput(
                "/" + name, "it is missing or no object", "Send '" + name + "' as an object.");
    }
}
