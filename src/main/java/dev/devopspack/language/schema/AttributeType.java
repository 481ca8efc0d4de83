package dev.devopspack.language.schema;

import java.util.Map;

/// The type of an attribute in a provider's schema.
public sealed interface AttributeType {

    /// A single value.
    enum Primitive implements AttributeType {
        STRING,
        NUMBER,
        BOOL
    }

    /// Any value: the provider decides at run time.
    record Any() implements AttributeType {}

    record ListOf(AttributeType element) implements AttributeType {}

    record SetOf(AttributeType element) implements AttributeType {}

    record MapOf(AttributeType element) implements AttributeType {}

    /// An object whose attributes are all there, each possibly null.
    record ObjectOf(Map<String, AttributeType> attributes) implements AttributeType {
        public ObjectOf {
            attributes = OrderedMaps.copyOf(attributes);
        }
    }
}
