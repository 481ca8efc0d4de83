package dev.devopspack.language.workflow;

import java.util.ArrayList;
import java.util.List;

/// A value with expressions in it.
///
/// @param parts the expressions in it, in their order
/// @param unclosed where a `${{` has no `}}`; -1 where all have one
record Template(List<Part> parts, int unclosed) {

    private static final String OPEN = "${{";
    private static final String CLOSE = "}}";

    Template {
        parts = List.copyOf(parts);
    }

    /// @param start offset of `${{`
    /// @param end offset behind `}}`
    /// @param text what stands between
    record Part(int start, int end, String text) {

        int textStart() {
            return start + OPEN.length();
        }
    }

    static boolean isIn(String value) {
        return value.contains(OPEN);
    }

    static Template of(String value) {
        List<Part> parts = new ArrayList<>();
        int at = value.indexOf(OPEN);
        while (at >= 0) {
            int close = close(value, at + OPEN.length());
            if (close < 0) {
                return new Template(parts, at);
            }
            int end = close + CLOSE.length();
            parts.add(new Part(at, end, value.substring(at + OPEN.length(), close)));
            at = value.indexOf(OPEN, end);
        }
        return new Template(parts, -1);
    }

    /// The first `}}` that stands in no string.
    private static int close(String value, int from) {
        boolean quoted = false;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && value.startsWith(CLOSE, i)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether one expression is all of the value.
    boolean isWhole(String value) {
        return parts.size() == 1
                && parts.getFirst().start() == 0
                && parts.getFirst().end() == value.length();
    }
}
