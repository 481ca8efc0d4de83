package dev.devopspack.web;

import dev.devopspack.task.InvalidInput;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// A request's body as a JSON object, read field by field.
record JsonBody(JsonObject json) {

    static JsonBody of(@Nullable String body) {
        try {
            return new JsonBody(new JsonObject(body == null || body.isBlank() ? "{}" : body));
        } catch (DecodeException | ClassCastException e) {
            throw new InvalidInput("body", "it is no JSON object", "Send a JSON object.");
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
