package dev.devopspack.language.schema;

/// One attribute of a block.
public record AttributeSchema(AttributeType type, Presence presence) {}
