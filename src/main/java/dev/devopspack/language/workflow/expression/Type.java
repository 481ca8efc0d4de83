package dev.devopspack.language.workflow.expression;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an expression gives, as far as a file tells.
public sealed interface Type {

    /// An object that may have more is one that may have anything: this bounds the time that
    /// merging the values of a hostile matrix takes.
    int MAX_PROPERTIES = 256;

    Type ANY = Simple.ANY;
    Type NULL = Simple.NULL;
    Type BOOL = Simple.BOOL;
    Type NUMBER = Simple.NUMBER;
    Type TEXT = Simple.TEXT;

    /// `ANY` is what the files do not tell: nothing is wrong with it anywhere.
    enum Simple implements Type {
        ANY("anything"),
        NULL("null"),
        BOOL("a boolean"),
        NUMBER("a number"),
        TEXT("a string");

        private final String shown;

        Simple(String shown) {
            this.shown = shown;
        }

        @Override
        public String shown() {
            return shown;
        }
    }

    /// @param filtered whether it came of `.*`, so that a property of it is taken of each element
    record ListOf(Type element, boolean filtered) implements Type {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /// @param properties by their names in lower case
    /// @param others what properties that are not named are; null where there are no others
    record ObjectOf(Map<String, Type> properties, @Nullable Type others) implements Type {
        public ObjectOf {
            properties = Collections.unmodifiableMap(new TreeMap<>(properties));
        }

        @Override
        public String shown() {
            return "an object";
        }

        /// The property's type; empty where the object surely has none of that name.
        public Optional<Type> property(String name) {
            Type known = properties.get(name.toLowerCase(Locale.ROOT));
            return known != null ? Optional.of(known) : Optional.ofNullable(others);
        }
    }

    static ObjectOf only(Map<String, Type> properties) {
        TreeMap<String, Type> lower = new TreeMap<>();
        properties.forEach((name, type) -> lower.put(name.toLowerCase(Locale.ROOT), type));
        return new ObjectOf(lower, null);
    }

    static ObjectOf anyOf(Type others) {
        return new ObjectOf(Map.of(), others);
    }

    static ListOf listOf(Type element) {
        return new ListOf(element, false);
    }

    /// What a value is that may be either.
    static Type merged(Type one, Type other) {
        if (one.equals(other)) {
            return one;
        }
        return switch (one) {
            case ListOf(Type element, boolean filtered) when other instanceof ListOf second ->
                    new ListOf(merged(element, second.element()), filtered);
            case ObjectOf first when other instanceof ObjectOf second -> merged(first, second);
            default -> ANY;
        };
    }

    private static Type merged(ObjectOf one, ObjectOf other) {
        TreeMap<String, Type> properties = new TreeMap<>(one.properties());
        other.properties().forEach((name, type) -> properties.merge(name, type, Type::merged));
        if (properties.size() > MAX_PROPERTIES) {
            return anyOf(ANY);
        }
        Type others =
                one.others() == null
                        ? other.others()
                        : other.others() == null
                                ? one.others()
                                : merged(one.others(), other.others());
        return new ObjectOf(properties, others);
    }

    /// A few words for messages.
    String shown();
}
