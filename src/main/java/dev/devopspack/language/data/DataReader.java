package dev.devopspack.language.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.devopspack.language.data.DataNode.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads one YAML 1.2 or JSON document into a tree with positions.
public final class DataReader {

    /// A task is written by hand or by an assistant: a quarter of a megabyte is thousands of lines.
    public static final int MAX_CHARACTERS = 256 * 1_024;

    /// Our deepest input nests six levels; the YAML library overflows its stack at some thousands.
    private static final int MAX_DEPTH = 50;

    /// Values after aliases are expanded: what a "billion laughs" would blow up.
    private static final int MAX_NODES = 50_000;

    /// No number of ours has more digits; a longer one only costs time to convert.
    private static final int MAX_NUMBER_LENGTH = 40;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                    .maxStringLength(MAX_CHARACTERS)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private int nodes;

    private DataReader() {}

    /// @param text JSON where its first character other than space is a brace or a bracket, else
    ///   YAML
    /// @throws DataException with the place, where the text cannot be read
    public static DataNode read(String text) throws DataException {
        if (text.length() > MAX_CHARACTERS) {
            throw new DataException(
                    new Place(1, 1),
                    "the text has " + text.length() + " characters, more than " + MAX_CHARACTERS,
                    "Give files as a change set instead of writing them into the task.");
        }
        String stripped = text.stripLeading();
        boolean mayBeJson = stripped.startsWith("{") || stripped.startsWith("[");
        return mayBeJson ? jsonOrFlowYaml(text) : new DataReader().yaml(text);
    }

    /// A brace also begins YAML's flow style; where neither can read it, the mistake is JSON's.
    private static DataNode jsonOrFlowYaml(String text) throws DataException {
        try {
            return new DataReader().json(text);
        } catch (DataException notJson) {
            try {
                return new DataReader().yaml(text);
            } catch (DataException _) {
                throw notJson;
            }
        }
    }

    private DataNode json(String text) throws DataException {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            DataNode root = jsonValue(parser);
            if (parser.nextToken() != null) {
                throw new DataException(
                        place(parser.currentTokenLocation()),
                        "there is text after the end of the document",
                        "Remove it.");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new DataException(
                    place(e.getLocation()),
                    firstLine(e.getOriginalMessage()),
                    "Mend the JSON there.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataNode jsonValue(JsonParser parser) throws IOException, DataException {
        Place place = place(parser.currentTokenLocation());
        count(place);
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new DataException(place, "the document is empty", "Write the task.");
        }
        return switch (token) {
            case START_OBJECT -> jsonObject(parser, place);
            case START_ARRAY -> {
                List<DataNode> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(jsonValue(parser));
                }
                yield new DataNode.Sequence(items, place);
            }
            case VALUE_STRING -> new DataNode.Text(parser.getText(), place);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText(), place);
            case VALUE_TRUE -> new DataNode.Bool(true, place);
            case VALUE_FALSE -> new DataNode.Bool(false, place);
            case VALUE_NULL -> new DataNode.Null(place);
            default ->
                    throw new DataException(place, "a value is missing", "Write the value there.");
        };
    }

    private DataNode jsonObject(JsonParser parser, Place place) throws IOException, DataException {
        Map<String, DataNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place keyPlace = place(parser.currentTokenLocation());
            parser.nextToken();
            entries.put(key, new DataNode.Entry(keyPlace, jsonValue(parser)));
        }
        return new DataNode.Mapping(entries, place);
    }

    private DataNode yaml(String text) throws DataException {
        LoadSettings settings =
                LoadSettings.builder()
                        .setMaxAliasesForCollections(MAX_NODES)
                        .setCodePointLimit(MAX_CHARACTERS * 4)
                        .setAllowDuplicateKeys(false)
                        .setAllowRecursiveKeys(false)
                        .build();
        try {
            checkYamlDepth(text, settings);
            Composer composer =
                    new Composer(
                            settings, new ParserImpl(settings, new StreamReader(settings, text)));
            Optional<Node> root = composer.getSingleNode();
            if (root.isEmpty()) {
                throw new DataException(
                        new Place(1, 1), "the document is empty", "Write the task.");
            }
            return yamlValue(root.get(), new IdentityHashMap<>(), 0);
        } catch (MarkedYamlEngineException e) {
            throw new DataException(
                    e.getProblemMark().map(DataReader::place).orElse(new Place(1, 1)),
                    firstLine(String.valueOf(e.getProblem())),
                    "Mend the YAML there: indent with spaces, two a level, and quote texts that hold ': ' or '#'.");
        } catch (YamlEngineException e) {
            throw new DataException(
                    new Place(1, 1), firstLine(String.valueOf(e.getMessage())), "Mend the YAML.");
        }
    }

    /// The composer recurses, so the depth is counted over its events first.
    private static void checkYamlDepth(String text, LoadSettings settings) throws DataException {
        ParserImpl events = new ParserImpl(settings, new StreamReader(settings, text));
        int depth = 0;
        while (events.hasNext()) {
            var event = events.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw new DataException(
                        event.getStartMark().map(DataReader::place).orElse(new Place(1, 1)),
                        "the document nests deeper than " + MAX_DEPTH + " levels",
                        "Write it flatter.");
            }
        }
    }

    private DataNode yamlValue(Node node, IdentityHashMap<Node, Boolean> open, int depth)
            throws DataException {
        Place place = node.getStartMark().map(DataReader::place).orElse(new Place(1, 1));
        count(place);
        if (depth > MAX_DEPTH || open.put(node, true) != null) {
            throw new DataException(
                    place,
                    "an alias refers to the value that holds it, or the aliases nest too deep",
                    "Write the value out.");
        }
        DataNode value =
                switch (node) {
                    case ScalarNode scalar -> scalar(scalar, place);
                    case SequenceNode sequence -> {
                        List<DataNode> items = new ArrayList<>();
                        for (Node item : sequence.getValue()) {
                            items.add(yamlValue(item, open, depth + 1));
                        }
                        yield new DataNode.Sequence(items, place);
                    }
                    case MappingNode mapping -> yamlObject(mapping, open, depth, place);
                    default ->
                            throw new DataException(
                                    place,
                                    "this kind of YAML value is not known",
                                    "Write it plainly.");
                };
        open.remove(node);
        return value;
    }

    private DataNode yamlObject(
            MappingNode mapping, IdentityHashMap<Node, Boolean> open, int depth, Place place)
            throws DataException {
        Map<String, DataNode.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place keyPlace = tuple.getKeyNode().getStartMark().map(DataReader::place).orElse(place);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new DataException(
                        keyPlace, "a key is no plain text", "Use a name as the key.");
            }
            DataNode value = yamlValue(tuple.getValueNode(), open, depth + 1);
            if (entries.put(key.getValue(), new DataNode.Entry(keyPlace, value)) != null) {
                throw new DataException(
                        keyPlace,
                        "the key '" + key.getValue() + "' stands twice",
                        "Remove one of them.");
            }
        }
        return new DataNode.Mapping(entries, place);
    }

    private static DataNode scalar(ScalarNode scalar, Place place) throws DataException {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            return new DataNode.Text(text, place);
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text, place);
        }
        if (tag.equals(Tag.BOOL)) {
            return new DataNode.Bool(text.equalsIgnoreCase("true"), place);
        }
        if (tag.equals(Tag.NULL)) {
            return new DataNode.Null(place);
        }
        throw new DataException(
                place, "the tag " + tag.getValue() + " is not accepted here", "Leave the tag out.");
    }

    private static DataNode number(String text, Place place) throws DataException {
        if (text.length() <= MAX_NUMBER_LENGTH) {
            try {
                BigDecimal value =
                        text.startsWith("0x") || text.startsWith("0o")
                                ? new BigDecimal(
                                        new BigInteger(
                                                text.substring(2), text.startsWith("0x") ? 16 : 8))
                                : new BigDecimal(text);
                if (Math.abs(value.scale()) <= MAX_NUMBER_LENGTH) {
                    return new DataNode.Number(value, place);
                }
            } catch (NumberFormatException _) {
                // .inf and .nan come here as well: no input of ours takes them.
            }
        }
        throw new DataException(
                place,
                "this number is not one that can be used here",
                "Write a plain decimal number.");
    }

    private void count(Place place) throws DataException {
        nodes++;
        if (nodes > MAX_NODES) {
            throw new DataException(
                    place,
                    "the document expands to more than " + MAX_NODES + " values",
                    "Write fewer values or no aliases.");
        }
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /// A refusal by the reader's own limits has no location.
    private static Place place(@Nullable JsonLocation location) {
        if (location == null) {
            return new Place(1, 1);
        }
        return new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
