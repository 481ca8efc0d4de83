package dev.devopspack.adapter.terraform;

import com.google.protobuf.ByteString;
import dev.devopspack.language.schema.AttributeSchema;
import dev.devopspack.language.schema.AttributeType;
import dev.devopspack.language.schema.BlockSchema;
import dev.devopspack.language.schema.NestedSchema;
import dev.devopspack.language.schema.Presence;
import dev.devopspack.language.schema.SchemaPack;
import java.util.stream.Collectors;
import tfplugin5.ProviderSchema;
import tfplugin5.Schema;
import tfplugin5.ServerCapabilities;

/// Turns a schema pack into the messages of plugin protocol 5.
final class SchemaMessages {
    /// Terraform may keep a provider's schema instead of asking for it in every command.
    static final ServerCapabilities CAPABILITIES =
            ServerCapabilities.newBuilder().setGetProviderSchemaOptional(true).build();

    private SchemaMessages() {}

    static ProviderSchema of(SchemaPack pack) {
        ProviderSchema.Builder schema = ProviderSchema.newBuilder();
        schema.setProvider(schema(pack.configuration()));
        pack.resourceTypes()
                .forEach(type ->
                        schema.putResourceSchemas(type, schema(pack.resource(type).orElseThrow())));
        pack.dataSourceTypes()
                .forEach(type ->
                        schema.putDataSourceSchemas(
                                type, schema(pack.dataSource(type).orElseThrow())));
        pack.ephemeralTypes()
                .forEach(type ->
                        schema.putEphemeralResourceSchemas(
                                type, schema(pack.ephemeral(type).orElseThrow())));
        return schema.setServerCapabilities(CAPABILITIES).build();
    }

    /// True if the structure is sent as an attribute: a user cannot write it as a block, or may
    /// leave it to the provider. Terraform accepts block syntax for an attribute that is a list or
    /// set of objects.
    static boolean sentAsAttribute(NestedSchema nested) {
        return nested.presence().computed() || !nested.writtenAsBlock();
    }

    /// The type under which a nested structure is sent as an attribute.
    ///
    /// Protocol 5 has no nested attributes, whose members may be left out one by one; an object
    /// type would demand them all. So what a user writes that way is of any type here, and our own
    /// schema step checks it.
    static AttributeType attributeType(NestedSchema nested) {
        return nested.attributeOnly() ? new AttributeType.Any() : nested.type();
    }

    private static Schema schema(BlockSchema block) {
        return Schema.newBuilder().setBlock(block(block)).build();
    }

    private static Schema.Block block(BlockSchema block) {
        Schema.Block.Builder message = Schema.Block.newBuilder();
        block.attributes()
                .forEach((name, attribute) -> message.addAttributes(attribute(name, attribute)));
        block.nested()
                .forEach((name, nested) -> {
                    if (sentAsAttribute(nested)) {
                        message.addAttributes(
                                attribute(
                                        name,
                                        new AttributeSchema(
                                                attributeType(nested), nested.presence())));
                    } else {
                        message.addBlockTypes(nestedBlock(name, nested));
                    }
                });
        return message.build();
    }

    private static Schema.Attribute attribute(String name, AttributeSchema attribute) {
        Presence presence = attribute.presence();
        boolean optional = presence.optional() || (!presence.required() && !presence.computed());
        return Schema.Attribute.newBuilder()
                .setName(name)
                .setType(ByteString.copyFromUtf8(typeJson(attribute.type())))
                .setRequired(presence.required())
                .setOptional(optional)
                .setComputed(presence.computed())
                .build();
    }

    private static Schema.NestedBlock nestedBlock(String name, NestedSchema nested) {
        Schema.NestedBlock.Builder message =
                Schema.NestedBlock.newBuilder().setTypeName(name).setBlock(block(nested.body()));
        int required = nested.presence().required() ? 1 : 0;
        switch (nested.nesting()) {
            case SINGLE -> message.setNesting(Schema.NestedBlock.NestingMode.SINGLE);
            // A set cannot hold values of any type.
            case SET ->
                    message.setNesting(
                                    holdsAnyType(nested.body())
                                            ? Schema.NestedBlock.NestingMode.LIST
                                            : Schema.NestedBlock.NestingMode.SET)
                            .setMinItems(required);
            case LIST ->
                    message.setNesting(Schema.NestedBlock.NestingMode.LIST)
                            .setMinItems(required)
                            .setMaxItems(nested.atMostOne() ? 1 : 0);
            case MAP ->
                    throw new IllegalArgumentException(
                            "A map of structures is sent as an attribute: " + name);
        }
        return message.build();
    }

    private static boolean holdsAnyType(BlockSchema block) {
        return block.attributes().values().stream()
                        .anyMatch(attribute -> holdsAnyType(attribute.type()))
                || block.nested().values().stream()
                        .anyMatch(nested -> nested.attributeOnly() || holdsAnyType(nested.body()));
    }

    private static boolean holdsAnyType(AttributeType type) {
        return switch (type) {
            case AttributeType.Primitive _ -> false;
            case AttributeType.Any _ -> true;
            case AttributeType.ListOf(AttributeType element) -> holdsAnyType(element);
            case AttributeType.SetOf(AttributeType element) -> holdsAnyType(element);
            case AttributeType.MapOf(AttributeType element) -> holdsAnyType(element);
            case AttributeType.ObjectOf object ->
                    object.attributes().values().stream().anyMatch(SchemaMessages::holdsAnyType);
        };
    }

    /// Terraform's JSON form of a type. Names in a pack are identifiers, so nothing needs escaping.
    static String typeJson(AttributeType type) {
        return switch (type) {
            case AttributeType.Primitive primitive ->
                    switch (primitive) {
                        case STRING -> "\"string\"";
                        case NUMBER -> "\"number\"";
                        case BOOL -> "\"bool\"";
                    };
            case AttributeType.Any _ -> "\"dynamic\"";
            case AttributeType.ListOf(AttributeType element) ->
                    "[\"list\"," + typeJson(element) + "]";
            case AttributeType.SetOf(AttributeType element) ->
                    "[\"set\"," + typeJson(element) + "]";
            case AttributeType.MapOf(AttributeType element) ->
                    "[\"map\"," + typeJson(element) + "]";
            case AttributeType.ObjectOf object ->
                    object.attributes().entrySet().stream()
                            .map(entry ->
                                    "\"" + entry.getKey() + "\":" + typeJson(entry.getValue()))
                            .collect(Collectors.joining(",", "[\"object\",{", "}]"));
        };
    }
}
