package dev.devopspack.adapter.terraform;

import dev.devopspack.language.schema.AttributeType;
import dev.devopspack.language.schema.BlockSchema;
import dev.devopspack.language.schema.NestedSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/// Gives what the provider computes: every computed attribute that is still null gets a value.
final class Completion {
    private final BiFunction<String, AttributeType, Value> filler;

    private Completion(BiFunction<String, AttributeType, Value> filler) {
        this.filler = filler;
    }

    /// What a plan says of a new object: computed values are not known yet.
    static Value withUnknowns(BlockSchema schema, Value object) {
        return new Completion((name, type) -> WireValues.UNKNOWN).complete(schema, object);
    }

    /// What reading says: computed values are stand-ins, since there is no cloud to ask.
    static Value withStandIns(BlockSchema schema, Value object) {
        return new Completion(StandIns::of).complete(schema, object);
    }

    /// An object of which nothing is known but what the provider computes.
    static Value empty(BlockSchema schema) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        schema.attributes().keySet().forEach(name -> attributes.put(name, ValueFactory.newNil()));
        schema.nested()
                .forEach((name, nested) -> {
                    boolean collection =
                            !SchemaMessages.sentAsAttribute(nested)
                                    && nested.nesting() != NestedSchema.Nesting.SINGLE;
                    attributes.put(
                            name, collection ? ValueFactory.emptyArray() : ValueFactory.newNil());
                });
        return WireValues.object(attributes);
    }

    private Value complete(BlockSchema schema, Value object) {
        if (!object.isMapValue()) {
            return object;
        }
        Map<String, Value> attributes = WireValues.attributes(object);
        schema.attributes()
                .forEach((name, attribute) -> {
                    if (attribute.presence().computed() && missing(attributes, name)) {
                        attributes.put(name, filler.apply(name, attribute.type()));
                    }
                });
        schema.nested().forEach((name, nested) -> completeNested(attributes, name, nested));
        return WireValues.object(attributes);
    }

    private void completeNested(Map<String, Value> attributes, String name, NestedSchema nested) {
        if (SchemaMessages.sentAsAttribute(nested)) {
            if (nested.presence().computed() && missing(attributes, name)) {
                attributes.put(name, filler.apply(name, SchemaMessages.attributeType(nested)));
            }
            return;
        }
        Value value = attributes.getOrDefault(name, ValueFactory.newNil());
        if (value.isArrayValue()) {
            List<Value> items = new ArrayList<>();
            value.asArrayValue().forEach(item -> items.add(complete(nested.body(), item)));
            attributes.put(name, ValueFactory.newArray(items));
        } else if (value.isMapValue()) {
            attributes.put(name, complete(nested.body(), value));
        }
    }

    private static boolean missing(Map<String, Value> attributes, String name) {
        Value value = attributes.get(name);
        return value == null || value.isNilValue();
    }
}
