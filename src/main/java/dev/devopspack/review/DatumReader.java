package dev.devopspack.review;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads foreign JSON within limits: duplicate names refused, numbers kept as written.
final class DatumReader {

    /// The plan of a stack with some thousand resources stays below it.
    static final int MAX_BYTES = 32 * 1_024 * 1_024;

    /// Terraform nests two levels a module and attributes seldom ten; readers recurse.
    static final int MAX_DEPTH = 200;

    /// What 32 MiB of `[],[],…` would be blown up to; a real plan of that size holds a third.
    static final int MAX_VALUES = 1_500_000;

    /// Terraform writes numbers with at most 512 bits; more only costs time.
    static final int MAX_NUMBER_LENGTH = 400;

    private static final int MAX_NAME_LENGTH = 50_000;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                    .maxNameLength(MAX_NAME_LENGTH)
                                    .maxStringLength(MAX_BYTES)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private final String name;
    private int values;

    private DatumReader(String name) {
        this.name = name;
    }

    /// @param name what the document is called in messages, for example `plan`
    /// @throws InvalidInput with line and column, where it cannot be read
    static Datum read(String name, byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new InvalidInput(
                    name,
                    "it has " + json.length + " bytes, more than " + MAX_BYTES,
                    "Split the stack, so that its plan can be reviewed.");
        }
        return new DatumReader(name).document(utf8(name, json));
    }

    private static String utf8(String name, byte[] json) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException _) {
            throw new InvalidInput(
                    name,
                    "it is not UTF-8",
                    "Give the output of terraform show -json PLANFILE as it was written.");
        }
    }

    private Datum document(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            Datum root = value(parser);
            if (parser.nextToken() != null) {
                throw refusal(
                        parser.currentTokenLocation(),
                        "there is text after the end of the document",
                        "Remove it.");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw refusal(
                    e.getLocation(),
                    firstLine(e.getOriginalMessage()),
                    "Give the output of terraform show -json PLANFILE as it was written.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Datum value(JsonParser parser) throws IOException {
        count(parser);
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw refusal(
                    parser.currentTokenLocation(),
                    "the document is empty or ends too early",
                    "Give the output of terraform show -json PLANFILE.");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> new Datum.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Datum.Number(parser.getText());
            case VALUE_TRUE -> new Datum.Flag(true);
            case VALUE_FALSE -> new Datum.Flag(false);
            case VALUE_NULL -> Datum.Nothing.VALUE;
            default ->
                    throw refusal(
                            parser.currentTokenLocation(),
                            "a value is missing",
                            "Write the value there.");
        };
    }

    private Datum object(JsonParser parser) throws IOException {
        TreeMap<String, Datum> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            members.put(key, value(parser));
        }
        return new Datum.Members(members);
    }

    private Datum list(JsonParser parser) throws IOException {
        List<Datum> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Datum.Items(items);
    }

    private void count(JsonParser parser) {
        values++;
        if (values > MAX_VALUES) {
            throw refusal(
                    parser.currentTokenLocation(),
                    "the document holds more than " + MAX_VALUES + " values",
                    "Split the stack, so that its plan can be reviewed.");
        }
    }

    private InvalidInput refusal(@Nullable JsonLocation at, String problem, String mend) {
        String where =
                at == null
                        ? name
                        : name
                                + ":"
                                + Math.max(1, at.getLineNr())
                                + ":"
                                + Math.max(1, at.getColumnNr());
        return new InvalidInput(where, problem, mend);
    }

    /// The library's message may quote a piece of the document, which may be a secret: only its
    /// beginning up to a quotation is kept.
    private static String firstLine(String message) {
        int end = message.length();
        for (String stop : List.of("\n", " '", ": \"", " \"", " (")) {
            int at = message.indexOf(stop);
            if (at > 0) {
                end = Math.min(end, at);
            }
        }
        return message.substring(0, Math.min(end, 200));
    }
}
