package dev.devopspack.specialist.security;

import java.util.ArrayDeque;
import java.util.Deque;

/// Looks at the shape of Rego that we wrote: brackets close, strings end, it begins with a package.
/// No parser: what the words mean is for `opa check`.
final class RegoShape {

    private RegoShape() {}

    /// @throws IllegalStateException where the shape is wrong: ours must not be
    static void check(String text) {
        Deque<Character> open = new ArrayDeque<>();
        boolean comment = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (comment) {
                comment = c != '\n';
            } else if (quote != 0) {
                if (quote == '"' && c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                } else if (quote == '"' && c == '\n') {
                    throw wrong(text, i);
                }
            } else if (c == '#') {
                comment = true;
            } else if (c == '"' || c == '`') {
                quote = c;
            } else if (c == '(' || c == '[' || c == '{') {
                open.push(c == '(' ? ')' : c == '[' ? ']' : '}');
            } else if ((c == ')' || c == ']' || c == '}') && (open.isEmpty() || open.pop() != c)) {
                throw wrong(text, i);
            }
        }
        boolean begins =
                text.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .findFirst()
                        .filter(line -> line.matches("package [a-z_][a-z0-9_.]*"))
                        .isPresent();
        if (!open.isEmpty() || quote != 0 || !begins) {
            throw wrong(text, text.length());
        }
    }

    private static IllegalStateException wrong(String text, int at) {
        long line = text.substring(0, at).lines().count();
        return new IllegalStateException("the Rego does not close in line " + line);
    }
}
