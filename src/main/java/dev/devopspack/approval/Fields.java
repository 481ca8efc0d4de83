package dev.devopspack.approval;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object that must be there and of their kind.
record Fields(String what, Map<?, ?> map) {

    String text(String name) {
        if (map.get(name) instanceof String text) {
            return text;
        }
        throw refusal(name, "is no string");
    }

    /// In base64url without padding, in the one way to write these bytes.
    String base64(String name) {
        String text = text(name);
        try {
            if (Secrets.base64(Base64.getUrlDecoder().decode(text)).equals(text)) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw refusal(name, "is no base64url");
        }
        throw refusal(name, "is no base64url");
    }

    @Nullable String textIfPresent(String name) {
        return map.containsKey(name) ? text(name) : null;
    }

    long number(String name) {
        if (map.get(name) instanceof Long number) {
            return number;
        }
        throw refusal(name, "is no number");
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw refusal(name, "is no time of the form 2026-11-23T10:00:00Z");
        }
    }

    /// From 64 hexadecimal digits.
    Digest hash(String name) {
        return new Digest("sha256:" + text(name));
    }

    Fields object(String name) {
        if (map.get(name) instanceof Map<?, ?> object) {
            return new Fields(what, object);
        }
        throw refusal(name, "is no object");
    }

    boolean has(String name) {
        return map.containsKey(name);
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object entry : list(name)) {
            if (!(entry instanceof Map<?, ?> object)) {
                throw refusal(name, "is no list of objects");
            }
            objects.add(new Fields(what, object));
        }
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object entry : list(name)) {
            if (!(entry instanceof String text)) {
                throw refusal(name, "is no list of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    private List<?> list(String name) {
        if (map.get(name) instanceof List<?> list) {
            return list;
        }
        throw refusal(name, "is no list");
    }

    private InvalidInput refusal(String name, String problem) {
        return new InvalidInput(
                what,
                "its member '" + name + "' is missing or " + problem,
                "Use it as it was made.");
    }
}
