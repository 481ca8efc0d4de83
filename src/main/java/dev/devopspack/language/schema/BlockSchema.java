package dev.devopspack.language.schema;

import java.util.Map;

/// What may stand inside a block: attributes and nested structures by name, in the pack's order.
public record BlockSchema(
        Map<String, AttributeSchema> attributes, Map<String, NestedSchema> nested) {

    public static final BlockSchema EMPTY = new BlockSchema(Map.of(), Map.of());

    public BlockSchema {
        attributes = OrderedMaps.copyOf(attributes);
        nested = OrderedMaps.copyOf(nested);
    }
}
