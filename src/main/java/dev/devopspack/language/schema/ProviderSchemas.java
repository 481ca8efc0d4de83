package dev.devopspack.language.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devopspack.task.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/// Makes schema packs of what `terraform providers schema -json` prints, so that a newer provider
/// is known before the packs that ship are.
public final class ProviderSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProviderSchemas() {}

    /// @param packs the bytes of each pack by its provider's short name
    /// @param leftOut the addresses of providers that no pack is about
    public record Made(TreeMap<String, byte[]> packs, List<String> leftOut) {}

    /// Makes a pack of each provider that has one among those that ship.
    ///
    /// @param schemas what `terraform providers schema -json` prints
    /// @param versions what `terraform version -json` prints in the same folder
    /// @throws InvalidInput where one of them is something else
    public static Made of(String schemas, String versions) {
        JsonNode all = read("schemas", schemas).path("provider_schemas");
        JsonNode selected = read("versions", versions).path("provider_selections");
        if (!all.isObject()) {
            throw new InvalidInput(
                    "schemas",
                    "there is no 'provider_schemas' in it",
                    "Write it with: terraform providers schema -json");
        }
        Made made = new Made(new TreeMap<>(), new ArrayList<>());
        all.properties()
                .forEach(entry -> {
                    String source = entry.getKey();
                    String name = source.substring(source.lastIndexOf('/') + 1);
                    boolean known =
                            SchemaPacks.providers().contains(name)
                                    && source.equals(SchemaPacks.addressOf(name));
                    if (known) {
                        JsonNode version = selected.path(source);
                        made.packs().put(name, pack(name, source, version, entry.getValue()));
                    } else {
                        made.leftOut().add(source);
                    }
                });
        return made;
    }

    private static JsonNode read(String what, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    what, "the file is no JSON", "Give the file as terraform wrote it.");
        }
    }

    private static byte[] pack(String name, String source, JsonNode version, JsonNode schema) {
        if (!version.isTextual()) {
            throw new InvalidInput(
                    "versions",
                    "it has no version of " + source,
                    "Write it with: terraform version -json, in the folder of the schemas after"
                            + " terraform init");
        }
        ObjectNode pack = JSON.createObjectNode();
        pack.put("format", SchemaPack.FORMAT);
        pack.put("provider", name);
        pack.put("source", source);
        pack.put("version", version.asText());
        pack.put("constraint", "~> " + version.asText().split("\\.", 2)[0] + ".0");
        pack.set("config", block(schema.path("provider").path("block")));
        pack.set("resources", types(schema.path("resource_schemas")));
        pack.set("data", types(schema.path("data_source_schemas")));
        pack.set("ephemeral", types(schema.path("ephemeral_resource_schemas")));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(pack.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return packed.toByteArray();
    }

    private static ObjectNode types(JsonNode schemas) {
        TreeMap<String, ObjectNode> sorted = new TreeMap<>();
        schemas.properties()
                .forEach(
                        entry -> sorted.put(entry.getKey(), block(entry.getValue().path("block"))));
        ObjectNode types = JSON.createObjectNode();
        sorted.forEach(types::set);
        return types;
    }

    private static ObjectNode block(JsonNode block) {
        ObjectNode attributes = JSON.createObjectNode();
        ObjectNode structures = JSON.createObjectNode();
        block.path("attributes")
                .properties()
                .forEach(entry ->
                        attribute(entry.getKey(), entry.getValue(), attributes, structures));
        block.path("block_types")
                .properties()
                .forEach(entry -> structures.set(entry.getKey(), nested(entry.getValue())));
        return members(attributes, structures);
    }

    private static ObjectNode members(ObjectNode attributes, ObjectNode structures) {
        ObjectNode written = JSON.createObjectNode();
        if (!attributes.isEmpty()) {
            written.set("a", attributes);
        }
        if (!structures.isEmpty()) {
            written.set("b", structures);
        }
        return written;
    }

    private static ObjectNode nested(JsonNode type) {
        ObjectNode structure = structure(type.path("nesting_mode").asText());
        if (type.path("min_items").asInt() > 0) {
            structure.put("f", "r");
        }
        if (type.path("max_items").asInt() == 1) {
            structure.put("max", 1);
        }
        structure.setAll(block(type.path("block")));
        return structure;
    }

    private static ObjectNode structure(String nesting) {
        String kind = nesting.equals("group") ? "single" : nesting;
        return JSON.createObjectNode().put("k", kind);
    }

    private static void attribute(
            String name, JsonNode attribute, ObjectNode attributes, ObjectNode structures) {
        String flags = flags(attribute);
        JsonNode type = attribute.path("type");
        JsonNode nestedType = attribute.path("nested_type");
        if (nestedType.isObject()) {
            ObjectNode structure = structure(nestedType.path("nesting_mode").asText());
            structure.put("f", flags).put("n", 1);
            structure.setAll(block(nestedType));
            structures.set(name, structure);
        } else if (isObjects(type)) {
            // Terraform lets such an attribute be written as blocks, and as an attribute too.
            boolean given = attribute.path("optional").asBoolean();
            // What the provider fills in as a whole it fills in member by member.
            String ofMembers = (given ? "o" : "") + (flags.contains("c") ? "c" : "");
            String own = given && !flags.contains("c") ? flags + "c" : flags;
            structures.set(name, objects(type, own, ofMembers));
        } else {
            attributes.put(name, type(type) + flags);
        }
    }

    private static ObjectNode objects(JsonNode type, String flags, String ofMembers) {
        ObjectNode attributes = JSON.createObjectNode();
        ObjectNode structures = JSON.createObjectNode();
        type.get(1)
                .path(1)
                .properties()
                .forEach(member -> {
                    JsonNode of = member.getValue();
                    if (isObjects(of)) {
                        structures.set(member.getKey(), objects(of, ofMembers, ofMembers));
                    } else {
                        attributes.put(member.getKey(), type(of) + ofMembers);
                    }
                });
        ObjectNode structure = structure(type.get(0).asText()).put("f", flags);
        structure.setAll(members(attributes, structures));
        return structure;
    }

    /// Whether it is a list or a set of objects.
    private static boolean isObjects(JsonNode type) {
        return type.size() == 2
                && (type.get(0).asText().equals("list") || type.get(0).asText().equals("set"))
                && type.get(1).path(0).asText().equals("object");
    }

    private static String flags(JsonNode attribute) {
        return (attribute.path("required").asBoolean() ? "r" : "")
                + (attribute.path("optional").asBoolean() ? "o" : "")
                + (attribute.path("computed").asBoolean() ? "c" : "");
    }

    private static String type(JsonNode type) {
        if (type.isArray() && type.size() == 2) {
            return switch (type.get(0).asText()) {
                case "list" -> "L(" + type(type.get(1)) + ")";
                case "set" -> "S(" + type(type.get(1)) + ")";
                case "map" -> "M(" + type(type.get(1)) + ")";
                default -> "y";
            };
        }
        return switch (type.asText()) {
            case "string" -> "s";
            case "number" -> "n";
            case "bool" -> "b";
            default -> "y";
        };
    }
}
