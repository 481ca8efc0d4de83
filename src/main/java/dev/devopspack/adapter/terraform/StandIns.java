package dev.devopspack.adapter.terraform;

import dev.devopspack.language.schema.AttributeType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/// Values that stand in for what only a cloud could tell, as a data source's result.
///
/// They depend on the attribute's name and type alone, so a plan is the same each time. Where
/// functions usually take such a value apart (an ARN, a CIDR block, a JSON document, base64), it
/// has that shape.
final class StandIns {
    /// Lists of plain values hold three, because modules often take the first three zones.
    private static final int LIST_LENGTH = 3;

    private StandIns() {}

    static Value of(String name, AttributeType type) {
        return value(name, type, 0);
    }

    private static Value value(String name, AttributeType type, int position) {
        return switch (type) {
            case AttributeType.Primitive primitive ->
                    switch (primitive) {
                        case STRING -> ValueFactory.newString(text(name, position));
                        case NUMBER -> ValueFactory.newInteger(name.endsWith("port") ? 443 : 1);
                        case BOOL -> ValueFactory.newBoolean(false);
                    };
            case AttributeType.Any _ -> ValueFactory.newNil();
            case AttributeType.ListOf(AttributeType element) -> list(name, element);
            case AttributeType.SetOf(AttributeType element) -> list(name, element);
            case AttributeType.MapOf _ -> ValueFactory.emptyMap();
            case AttributeType.ObjectOf object -> {
                Map<String, Value> attributes = new LinkedHashMap<>();
                object.attributes()
                        .forEach((member, memberType) ->
                                attributes.put(member, value(member, memberType, position)));
                yield WireValues.object(attributes);
            }
        };
    }

    private static Value list(String name, AttributeType element) {
        return switch (element) {
            case AttributeType.Primitive primitive
                    when primitive == AttributeType.Primitive.STRING ->
                    ValueFactory.newArray(
                            value(name, element, 0),
                            value(name, element, 1),
                            value(name, element, LIST_LENGTH - 1));
            case AttributeType.Primitive _,
                    AttributeType.Any _,
                    AttributeType.ObjectOf _,
                    AttributeType.ListOf _,
                    AttributeType.SetOf _,
                    AttributeType.MapOf _ ->
                    ValueFactory.newArray(Collections.nCopies(1, value(name, element, 0)));
        };
    }

    private static String text(String name, int position) {
        return switch (name) {
            case "account_id" -> "123456789012";
            case "partition" -> "aws";
            case "region" -> "us-east-1";
            case "dns_suffix" -> "amazonaws.com";
            case "data" -> "c3RhbmQtaW4="; // "stand-in" in base64, for certificate authorities
            case "json", "minified_json" -> "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
            default -> textBySuffix(name, position);
        };
    }

    private static String textBySuffix(String name, int position) {
        if (name.endsWith("policy")) {
            return "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
        }
        if (name.equals("arn")
                || name.endsWith("_arn")
                || name.endsWith("_arns")
                || name.equals("arns")) {
            return "arn:aws:stand-in:us-east-1:123456789012:" + name + "/" + position;
        }
        if (name.endsWith("cidr_block") || name.endsWith("cidr_blocks") || name.endsWith("cidr")) {
            return "10." + position + ".0.0/16";
        }
        if (name.endsWith("_ip") || name.endsWith("_ips") || name.endsWith("ip_address")) {
            return "192.0.2." + (position + 1); // RFC 5737: addresses for documentation
        }
        return List.of("url", "issuer", "endpoint").contains(name)
                ? "https://stand-in.example"
                : "stand-in-" + name + "-" + position;
    }
}
