package dev.devopspack.language.dockerfile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The build arguments and environment variables at one point of a Dockerfile.
///
/// What only the build or the base image can tell is not known: an argument without a default, a
/// variable that nothing in the file sets.
public final class Variables {

    /// `${A:-${B:-c}}` nests; people write two.
    private static final int MAX_DEPTH = 10;

    /// A value that is made of others may not grow without end.
    private static final int MAX_LENGTH = 64 * 1024;

    private final Map<String, String> values;

    public Variables() {
        this(Map.of());
    }

    private Variables(Map<String, String> values) {
        this.values = new HashMap<>(values);
    }

    public void set(String name, String value) {
        values.put(name, value);
    }

    public void forget(String name) {
        values.remove(name);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// The text with its variables replaced; empty where one of them is not known.
    public Optional<String> expand(String text) {
        return text.indexOf('$') < 0 ? Optional.of(text) : new Expansion(text, 0).whole();
    }

    private final class Expansion {
        private final String text;
        private final int depth;
        private final StringBuilder result = new StringBuilder();
        private int at;

        Expansion(String text, int depth) {
            this.text = text;
            this.depth = depth;
        }

        Optional<String> whole() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '$') {
                    result.append('$');
                    at += 2;
                } else if (c == '$') {
                    Optional<String> value = variable();
                    if (value.isEmpty()) {
                        return value;
                    }
                    result.append(value.get());
                } else {
                    result.append(c);
                    at++;
                }
                if (result.length() > MAX_LENGTH) {
                    return Optional.empty();
                }
            }
            return Optional.of(result.toString());
        }

        private Optional<String> variable() {
            at++;
            if (at < text.length() && text.charAt(at) == '{') {
                return braces();
            }
            int end = nameEnd(at);
            if (end == at) {
                return Optional.of("$");
            }
            String name = text.substring(at, end);
            at = end;
            return value(name);
        }

        /// `${X}`, `${X:-default}`, `${X:+other}`, `${X-default}`, `${X+other}`.
        private Optional<String> braces() {
            int close = closingBrace();
            if (close < 0) {
                at = text.length();
                return Optional.empty();
            }
            String inside = text.substring(at + 1, close);
            at = close + 1;
            int end = 0;
            while (end < inside.length() && isNamePart(inside.charAt(end))) {
                end++;
            }
            String name = inside.substring(0, end);
            String rest = inside.substring(end);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            if (rest.isEmpty()) {
                return value(name);
            }
            boolean emptyCounts = !rest.startsWith(":");
            String operation = emptyCounts ? rest : rest.substring(1);
            if (operation.isEmpty()) {
                return Optional.empty();
            }
            boolean set = value(name).filter(v -> emptyCounts || !v.isEmpty()).isPresent();
            boolean unset = value(name).isPresent() && !set;
            return switch (operation.charAt(0)) {
                case '-' -> set ? value(name) : inner(operation.substring(1));
                case '+' ->
                        set
                                ? inner(operation.substring(1))
                                : unset ? Optional.of("") : Optional.empty();
                case '?' -> value(name);
                default -> Optional.empty();
            };
        }

        private Optional<String> inner(String other) {
            return depth >= MAX_DEPTH ? Optional.empty() : new Expansion(other, depth + 1).whole();
        }

        private int closingBrace() {
            int open = 0;
            for (int i = at; i < text.length(); i++) {
                if (text.charAt(i) == '{') {
                    open++;
                } else if (text.charAt(i) == '}' && --open == 0) {
                    return i;
                }
            }
            return -1;
        }

        private int nameEnd(int from) {
            int end = from;
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
            return end;
        }

        private static boolean isNamePart(char c) {
            return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
        }
    }
}
