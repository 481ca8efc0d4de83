package dev.devopspack.gate.quality;

import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Bool;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.hcl.value.Value.Num;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.schema.AttributeType;
import dev.devopspack.language.schema.AttributeType.Any;
import dev.devopspack.language.schema.AttributeType.ListOf;
import dev.devopspack.language.schema.AttributeType.MapOf;
import dev.devopspack.language.schema.AttributeType.ObjectOf;
import dev.devopspack.language.schema.AttributeType.Primitive;
import dev.devopspack.language.schema.AttributeType.SetOf;

/// Whether Terraform can bring a value to the type of an argument. What is not known fits.
final class TypeFit {
    private TypeFit() {}

    static boolean fits(AttributeType type, Value value) {
        if (value instanceof Null || value instanceof Unknown) {
            return true;
        }
        return switch (type) {
            case Any _ -> true;
            case Primitive primitive ->
                    switch (primitive) {
                        case STRING -> Conversions.text(value).isPresent();
                        case NUMBER -> Conversions.number(value).isPresent();
                        case BOOL -> Conversions.bool(value).isPresent();
                    };
            case ListOf(AttributeType element) -> allFit(element, value);
            case SetOf(AttributeType element) -> allFit(element, value);
            case MapOf(AttributeType element) ->
                    value instanceof ObjectValue object
                            && object.members().values().stream()
                                    .allMatch(member -> fits(element, member));
            case ObjectOf(var attributes) ->
                    value instanceof ObjectValue object
                            && object.members().entrySet().stream()
                                    .allMatch(member ->
                                            !attributes.containsKey(member.getKey())
                                                    || fits(
                                                            attributes.get(member.getKey()),
                                                            member.getValue()));
        };
    }

    private static boolean allFit(AttributeType element, Value value) {
        return value instanceof ListValue list
                && list.items().stream().allMatch(item -> fits(element, item));
    }

    /// The type in words, for example `a list of strings`.
    static String words(AttributeType type) {
        return switch (type) {
            case Any _ -> "any value";
            case Primitive primitive ->
                    switch (primitive) {
                        case STRING -> "a string";
                        case NUMBER -> "a number";
                        case BOOL -> "true or false";
                    };
            case ListOf(AttributeType element) -> "a list whose items are each " + words(element);
            case SetOf(AttributeType element) -> "a list whose items are each " + words(element);
            case MapOf(AttributeType element) -> "a map whose values are each " + words(element);
            case ObjectOf _ -> "an object";
        };
    }

    /// What kind of value it is; never the value, which may be a secret.
    static String words(Value value) {
        return switch (value) {
            case Null _ -> "null";
            case Unknown _ -> "a value that is not known yet";
            case Str _ -> "a string";
            case Num _ -> "a number";
            case Bool _ -> "true or false";
            case ListValue _ -> "a list";
            case ObjectValue _ -> "an object";
        };
    }
}
