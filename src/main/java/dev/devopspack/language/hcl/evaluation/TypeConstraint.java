package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Call;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.Hcl.Tuple;
import dev.devopspack.language.hcl.Hcl.Var;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Unification;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The type of a variable; brings given values to it.
sealed interface TypeConstraint {

    enum Simple implements TypeConstraint {
        STRING,
        NUMBER,
        BOOL,
        ANY
    }

    record ListOf(TypeConstraint item, boolean set) implements TypeConstraint {}

    record MapOf(TypeConstraint item) implements TypeConstraint {}

    record TupleOf(List<TypeConstraint> items) implements TypeConstraint {}

    record ObjectOf(Map<String, Member> members) implements TypeConstraint {}

    /// @param fallback value where the member is missing; null if there is none
    record Member(TypeConstraint type, boolean optional, @Nullable Value fallback) {}

    /// @param constants evaluates the default of an `optional` member
    static TypeConstraint of(Expr type, Function<Expr, Value> constants) {
        return switch (type) {
            case Var(String name, _) -> named(name);
            case Template t -> named(t.literal().orElse("any"));
            case Call c when c.arguments().size() == 1 ->
                    parameterised(c.name(), c.arguments().getFirst(), constants);
            default -> Simple.ANY;
        };
    }

    private static TypeConstraint named(String name) {
        return switch (name) {
            case "string" -> Simple.STRING;
            case "number" -> Simple.NUMBER;
            case "bool" -> Simple.BOOL;
            case "list" -> new ListOf(Simple.ANY, false);
            case "set" -> new ListOf(Simple.ANY, true);
            case "map" -> new MapOf(Simple.ANY);
            default -> Simple.ANY;
        };
    }

    private static TypeConstraint parameterised(
            String name, Expr argument, Function<Expr, Value> constants) {
        return switch (name) {
            case "list" -> new ListOf(of(argument, constants), false);
            case "set" -> new ListOf(of(argument, constants), true);
            case "map" -> new MapOf(of(argument, constants));
            case "tuple" ->
                    argument instanceof Tuple t
                            ? new TupleOf(t.items().stream().map(i -> of(i, constants)).toList())
                            : Simple.ANY;
            case "object" -> argument instanceof Obj o ? object(o, constants) : Simple.ANY;
            default -> Simple.ANY;
        };
    }

    private static TypeConstraint object(Obj object, Function<Expr, Value> constants) {
        Map<String, Member> members = new TreeMap<>();
        for (Item item : object.items()) {
            item.name().ifPresent(name -> members.put(name, member(item.value(), constants)));
        }
        return new ObjectOf(members);
    }

    private static Member member(Expr type, Function<Expr, Value> constants) {
        if (type instanceof Call c && c.name().equals("optional") && !c.arguments().isEmpty()) {
            Value fallback =
                    c.arguments().size() > 1 ? constants.apply(c.arguments().get(1)) : null;
            return new Member(of(c.arguments().getFirst(), constants), true, fallback);
        }
        return new Member(of(type, constants), false, null);
    }

    /// A value of this type.
    ///
    /// @throws ValueProblem if it cannot be brought to it
    default Value convert(Value value) {
        if (value instanceof Value.Null || value instanceof Unknown) {
            return value;
        }
        return switch (this) {
            case Simple simple -> simple(simple, value);
            case ListOf list -> list(list, value);
            case MapOf map -> map(map, value);
            case TupleOf tuple -> tuple(tuple, value);
            case ObjectOf object -> object(object, value);
        };
    }

    private static Value simple(Simple type, Value value) {
        return switch (type) {
            case ANY -> value;
            case STRING ->
                    Conversions.text(value)
                            .<Value>map(Str::new)
                            .orElseThrow(() -> no(value, "a string"));
            case NUMBER ->
                    Conversions.number(value)
                            .<Value>map(Value.Num::new)
                            .orElseThrow(() -> no(value, "a number"));
            case BOOL ->
                    Conversions.bool(value)
                            .map(Value::of)
                            .orElseThrow(() -> no(value, "true or false"));
        };
    }

    private static Value list(ListOf type, Value value) {
        if (!(value instanceof ListValue given)) {
            throw no(value, type.set ? "a set" : "a list");
        }
        List<Value> items = new ArrayList<>();
        given.items().forEach(item -> items.add(type.item.convert(item)));
        List<Value> unified = type.item == Simple.ANY ? unified(items, value) : items;
        return type.set ? Conversions.set(unified) : Value.list(unified);
    }

    private static Value map(MapOf type, Value value) {
        if (!(value instanceof ObjectValue given)) {
            throw no(value, "a map");
        }
        Map<String, Value> members = new TreeMap<>();
        given.members().forEach((key, item) -> members.put(key, type.item.convert(item)));
        if (type.item == Simple.ANY) {
            List<String> names = List.copyOf(members.keySet());
            List<Value> unified = unified(List.copyOf(members.values()), value);
            for (int i = 0; i < names.size(); i++) {
                members.put(names.get(i), unified.get(i));
            }
        }
        return new ObjectValue(members, given.rest());
    }

    private static List<Value> unified(List<Value> items, Value value) {
        return Unification.unified(items).orElseThrow(() -> no(value, "items of one type"));
    }

    private static Value tuple(TupleOf type, Value value) {
        if (!(value instanceof ListValue given) || given.items().size() != type.items.size()) {
            throw no(value, "a tuple of " + type.items.size());
        }
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < type.items.size(); i++) {
            items.add(type.items.get(i).convert(given.items().get(i)));
        }
        return Value.list(items);
    }

    private static Value object(ObjectOf type, Value value) {
        if (!(value instanceof ObjectValue given)) {
            throw no(value, "an object");
        }
        Map<String, Value> members = new TreeMap<>();
        type.members.forEach((name, member) -> members.put(name, member(name, member, given)));
        return new ObjectValue(members, null);
    }

    private static Value member(String name, Member member, ObjectValue given) {
        Value value = given.member(name).orElse(null);
        if (value == null && !member.optional) {
            throw new ValueProblem(
                    "the attribute \"" + name + "\" is missing", "Give it, or make it optional");
        }
        if (value == null || value instanceof Value.Null) {
            return member.type.convert(
                    member.fallback == null ? Value.Null.VALUE : member.fallback);
        }
        return member.type.convert(value);
    }

    private static ValueProblem no(Value value, String needed) {
        return new ValueProblem("the value is " + value.kind(), "Give it " + needed);
    }
}
