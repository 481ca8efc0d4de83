package dev.devopspack.language.kubernetes;

import java.util.Set;

/// What a field takes.
sealed interface FieldType {

    record Plain(Form form) implements FieldType {}

    record ListOf(FieldType item) implements FieldType {}

    /// A mapping whose keys anybody may choose.
    record MapOf(FieldType value) implements FieldType {}

    /// @param name of a type in the schema
    record Struct(String name) implements FieldType {}

    enum Form {
        TEXT("a text"),
        WHOLE("a whole number"),
        NUMBER("a number"),
        TRUTH("true or false"),
        ANY("anything"),
        /// RFC 3339.
        TIME("a time such as 2026-01-31T12:00:00Z"),
        BASE64("base64"),
        QUANTITY("a quantity such as 500m or 128Mi"),
        WHOLE_OR_TEXT("a whole number or a text");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// @param required whether an object without it is refused
    /// @param values the only texts it takes; empty where any will do
    record Field(FieldType type, boolean required, Set<String> values) {
        public Field {
            values = Set.copyOf(values);
        }
    }

    /// Reads a code as `docs/formats/kubernetes-schema-pack.md` writes it.
    ///
    /// @throws IllegalArgumentException for another text
    static FieldType of(String code) {
        if (code.startsWith("@") && code.length() > 1) {
            return new Struct(code.substring(1));
        }
        if (code.endsWith(")") && code.startsWith("L(")) {
            return new ListOf(of(code.substring(2, code.length() - 1)));
        }
        if (code.endsWith(")") && code.startsWith("M(")) {
            return new MapOf(of(code.substring(2, code.length() - 1)));
        }
        return new Plain(
                switch (code) {
                    case "s" -> Form.TEXT;
                    case "i" -> Form.WHOLE;
                    case "n" -> Form.NUMBER;
                    case "b" -> Form.TRUTH;
                    case "y" -> Form.ANY;
                    case "t" -> Form.TIME;
                    case "x" -> Form.BASE64;
                    case "q" -> Form.QUANTITY;
                    case "I" -> Form.WHOLE_OR_TEXT;
                    default -> throw new IllegalArgumentException("no type code: " + code);
                });
    }
}
