package dev.devopspack.language.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/// The schema of one provider in one version.
///
/// The pack stays in memory as the bytes of its JSON with an index of where each type stands; a
/// type is parsed when it is asked for. A pack of 1,700 types costs 1.5 MB that way.
public final class SchemaPack {
    /// The format this class reads; written down in `docs/formats/schema-pack.md`.
    public static final int FORMAT = 1;

    /// Far above the largest pack (1.5 MB), low enough that a damaged file cannot fill the memory.
    private static final int MAX_SIZE_BYTES = 32 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] json;
    private final Map<String, String> header = new TreeMap<>();
    private final SortedMap<String, Range> resources = new TreeMap<>();
    private final SortedMap<String, Range> data = new TreeMap<>();
    private final SortedMap<String, Range> ephemeral = new TreeMap<>();
    private final Map<Range, SoftReference<BlockSchema>> parsed = new ConcurrentHashMap<>();
    private Range config = new Range(0, 0);

    /// Where a type's JSON stands in the pack.
    private record Range(int start, int end) {}

    private SchemaPack(byte[] json) {
        this.json = json;
    }

    /// Reads a pack.
    ///
    /// @param packed gzip of the pack's JSON; closed by the caller
    /// @throws SchemaPackException if it is not a pack of this format
    public static SchemaPack read(InputStream packed) {
        try {
            byte[] json = new GZIPInputStream(packed).readNBytes(MAX_SIZE_BYTES + 1);
            if (json.length > MAX_SIZE_BYTES) {
                throw new SchemaPackException(
                        "The schema pack is larger than " + MAX_SIZE_BYTES + " bytes");
            }
            SchemaPack pack = new SchemaPack(json);
            pack.index();
            return pack;
        } catch (IOException e) {
            throw new SchemaPackException("The schema pack cannot be read: " + e.getMessage(), e);
        }
    }

    /// The provider's short name, for example `aws`.
    public String provider() {
        return field("provider");
    }

    /// The provider's full address, for example `registry.terraform.io/hashicorp/aws`.
    public String source() {
        return field("source");
    }

    /// The provider's version, for example `6.66.0`.
    public String version() {
        return field("version");
    }

    public SortedSet<String> resourceTypes() {
        return names(resources);
    }

    public SortedSet<String> dataSourceTypes() {
        return names(data);
    }

    public SortedSet<String> ephemeralTypes() {
        return names(ephemeral);
    }

    public Optional<BlockSchema> resource(String type) {
        return Optional.ofNullable(resources.get(type)).map(this::block);
    }

    public Optional<BlockSchema> dataSource(String type) {
        return Optional.ofNullable(data.get(type)).map(this::block);
    }

    public Optional<BlockSchema> ephemeral(String type) {
        return Optional.ofNullable(ephemeral.get(type)).map(this::block);
    }

    /// What a `provider` block takes.
    public BlockSchema configuration() {
        return block(config);
    }

    @Override
    public String toString() {
        return provider() + " " + version();
    }

    private static SortedSet<String> names(SortedMap<String, Range> section) {
        return Collections.unmodifiableSortedSet((SortedSet<String>) section.keySet());
    }

    private String field(String name) {
        String value = header.get(name);
        if (value == null) {
            throw new SchemaPackException("The schema pack has no '" + name + "'");
        }
        return value;
    }

    private BlockSchema block(Range range) {
        SoftReference<BlockSchema> kept = parsed.get(range);
        BlockSchema block = kept == null ? null : kept.get();
        if (block == null) {
            block = parse(range);
            parsed.put(range, new SoftReference<>(block));
        }
        return block;
    }

    private BlockSchema parse(Range range) {
        try {
            return BlockReader.read(
                    JSON.readTree(json, range.start(), range.end() - range.start()));
        } catch (IOException e) {
            throw new SchemaPackException(
                    "The schema pack " + this + " is damaged: " + e.getMessage(), e);
        }
    }

    private void index() throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            boolean understood = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "format" -> understood = parser.getIntValue() == FORMAT;
                    case "config" -> config = skip(parser);
                    case "resources" -> indexSection(parser, resources);
                    case "data" -> indexSection(parser, data);
                    case "ephemeral" -> indexSection(parser, ephemeral);
                    default -> {
                        if (value.isScalarValue()) {
                            header.put(name, parser.getText());
                        } else {
                            parser.skipChildren();
                        }
                    }
                }
                if (!understood) {
                    throw new SchemaPackException(
                            "The schema pack does not begin with \"format\": "
                                    + FORMAT
                                    + ". Generate it with tools/schema-packs/generate.py of this version");
                }
            }
        }
    }

    private static void indexSection(JsonParser parser, Map<String, Range> section)
            throws IOException {
        expect(parser.currentToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String type = parser.currentName();
            parser.nextToken();
            section.put(type, skip(parser));
        }
    }

    private static Range skip(JsonParser parser) throws IOException {
        expect(parser.currentToken(), JsonToken.START_OBJECT);
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return new Range(start, (int) parser.currentLocation().getByteOffset());
    }

    private static void expect(JsonToken found, JsonToken wanted) {
        if (found != wanted) {
            throw new SchemaPackException(
                    "The schema pack is damaged: " + wanted + " expected, " + found + " found");
        }
    }
}
