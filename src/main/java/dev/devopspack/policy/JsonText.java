package dev.devopspack.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Writes our own documents as JSON text.
final class JsonText {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private JsonText() {}

    static String of(Map<String, ?> document) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the document cannot be written as JSON", e);
        }
    }

    /// Writes the document piece by piece: a list of hundreds of thousands of findings never stands
    /// in memory as text.
    static void write(Map<String, ?> document, Writer out) {
        try {
            MAPPER.writerWithDefaultPrettyPrinter().writeValue(out, document);
            out.write("\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the result cannot be written", e);
        }
    }

    /// What is made of each item when it is written.
    static <T> Iterable<Object> each(List<T> items, Function<T, Object> made) {
        return () -> items.stream().map(made).iterator();
    }

    /// A relative file name as a URI reference, escaped where it must be.
    static String uri(String file) {
        try {
            return new URI(null, null, file, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(file + " is no path", e);
        }
    }
}
