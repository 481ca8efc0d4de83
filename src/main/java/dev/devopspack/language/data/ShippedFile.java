package dev.devopspack.language.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A data file of this program, named from the root of its class path, for example
/// `/review/secret-attributes.yaml`. One that cannot be read is a broken build.
public final class ShippedFile {

    private ShippedFile() {}

    public static byte[] bytes(String name) {
        try (InputStream in = ShippedFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /// The plain values of a file in YAML or JSON that holds a mapping.
    public static Map<String, Object> values(String name) {
        try {
            if (DataReader.read(text(name)).plain() instanceof Map<?, ?> map) {
                Map<String, Object> values = new LinkedHashMap<>();
                map.forEach((key, value) -> values.put(String.valueOf(key), value));
                return values;
            }
            throw new IllegalStateException(name + " holds no mapping");
        } catch (DataException e) {
            throw new IllegalStateException(name + " " + e.place() + ": " + e.problem(), e);
        }
    }
}
