package dev.devopspack.language.schema;

import java.util.LinkedHashMap;
import java.util.Map;

/// A structure inside a block: written as a block, as an attribute, or either way.
///
/// @param atMostOne the provider takes at most one
/// @param attributeOnly written `name = {...}` or `name = [{...}]`, never as a block
public record NestedSchema(
        Nesting nesting,
        Presence presence,
        boolean atMostOne,
        boolean attributeOnly,
        BlockSchema body) {

    /// How many there may be and how they are kept.
    public enum Nesting {
        SINGLE,
        LIST,
        SET,
        MAP
    }

    /// True if `name { ... }` is how a configuration writes it.
    public boolean writtenAsBlock() {
        return presence.writable() && !attributeOnly && nesting != Nesting.MAP;
    }

    /// True if `name = ...` is accepted: Terraform takes both forms where the provider may fill the
    /// block itself.
    public boolean writtenAsAttribute() {
        return presence.writable()
                && (attributeOnly || presence.computed() || nesting == Nesting.MAP);
    }

    /// The type of the whole structure seen as a value.
    public AttributeType type() {
        AttributeType object = objectType(body);
        return switch (nesting) {
            case SINGLE -> object;
            case LIST -> new AttributeType.ListOf(object);
            case SET -> new AttributeType.SetOf(object);
            case MAP -> new AttributeType.MapOf(object);
        };
    }

    private static AttributeType objectType(BlockSchema block) {
        Map<String, AttributeType> attributes = new LinkedHashMap<>();
        block.attributes().forEach((name, attribute) -> attributes.put(name, attribute.type()));
        block.nested().forEach((name, nested) -> attributes.put(name, nested.type()));
        return new AttributeType.ObjectOf(attributes);
    }
}
