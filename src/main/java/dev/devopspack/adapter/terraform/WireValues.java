package dev.devopspack.adapter.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;
import tfplugin5.DynamicValue;

/// Reads and writes the values that terraform and a provider exchange.
final class WireValues {
    /// How terraform writes a value that is not known yet.
    static final Value UNKNOWN = ValueFactory.newExtension((byte) 0, new byte[] {0});

    private static final ObjectMapper JSON = new ObjectMapper();

    private WireValues() {}

    static Value read(DynamicValue value) {
        try {
            if (!value.getMsgpack().isEmpty()) {
                try (MessageUnpacker unpacker =
                        MessagePack.newDefaultUnpacker(value.getMsgpack().toByteArray())) {
                    return unpacker.unpackValue();
                }
            }
            return value.getJson().isEmpty()
                    ? ValueFactory.newNil()
                    : fromJson(JSON.readTree(value.getJson().toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DynamicValue write(Value value) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packValue(value);
            packer.flush();
            return DynamicValue.newBuilder()
                    .setMsgpack(ByteString.copyFrom(packer.toByteArray()))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The attributes of an object, to be changed and given to [#object(Map)].
    static Map<String, Value> attributes(Value object) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        object.asMapValue()
                .map()
                .forEach((name, value) -> attributes.put(name.asStringValue().asString(), value));
        return attributes;
    }

    static Value object(Map<String, Value> attributes) {
        Map<Value, Value> map = new LinkedHashMap<>();
        attributes.forEach((name, value) -> map.put(ValueFactory.newString(name), value));
        return ValueFactory.newMap(map);
    }

    private static Value fromJson(JsonNode json) {
        if (json.isObject()) {
            Map<String, Value> attributes = new LinkedHashMap<>();
            json.properties()
                    .forEach(entry -> attributes.put(entry.getKey(), fromJson(entry.getValue())));
            return object(attributes);
        }
        if (json.isArray()) {
            List<Value> items = new ArrayList<>();
            json.forEach(item -> items.add(fromJson(item)));
            return ValueFactory.newArray(items);
        }
        if (json.isNumber()) {
            return json.canConvertToExactIntegral() && json.canConvertToLong()
                    ? ValueFactory.newInteger(json.longValue())
                    : ValueFactory.newString(json.asText());
        }
        if (json.isBoolean()) {
            return ValueFactory.newBoolean(json.booleanValue());
        }
        return json.isTextual() ? ValueFactory.newString(json.textValue()) : ValueFactory.newNil();
    }
}
