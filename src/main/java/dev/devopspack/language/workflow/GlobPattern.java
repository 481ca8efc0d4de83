package dev.devopspack.language.workflow;

import java.util.Optional;

/// The patterns of branch, tag and path filters.
///
/// @see <a
///   href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet">Filter
///   pattern cheat sheet</a>
final class GlobPattern {

    private final String text;
    private final boolean isRef;
    private int at;

    private GlobPattern(String text, boolean isRef) {
        this.text = text;
        this.isRef = isRef;
    }

    /// What is wrong with a branch's or tag's pattern, if something is.
    static Optional<String> refProblem(String pattern) {
        return new GlobPattern(pattern, true).problem();
    }

    /// What is wrong with a path's pattern, if something is.
    static Optional<String> pathProblem(String pattern) {
        String plain = pattern.startsWith("!") ? pattern.substring(1) : pattern;
        if (!plain.equals(plain.strip())) {
            return Optional.of("a path's pattern does not begin or end with a space");
        }
        for (String part : plain.split("/", -1)) {
            if (part.equals(".") || part.equals("..")) {
                return Optional.of(
                        "a path's pattern has no '"
                                + part
                                + "' part; write the path from the root of the repository");
            }
        }
        return new GlobPattern(pattern, false).problem();
    }

    private Optional<String> problem() {
        if (text.startsWith("!")) {
            at = 1;
        }
        if (at == text.length()) {
            return Optional.of("the pattern is empty");
        }
        if (isRef && (text.endsWith("/") || text.substring(at).startsWith("/"))) {
            return Optional.of("a branch's or tag's name does not begin or end with '/'");
        }
        if (isRef && (text.contains("//") || text.contains("..") || text.endsWith("."))) {
            return Optional.of(
                    "a branch's or tag's name has no '//' or '..' and does not end with '.'");
        }
        boolean repeatable = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> {
                    Optional<String> problem = escape();
                    if (problem.isPresent()) {
                        return problem;
                    }
                    repeatable = true;
                }
                case '?', '+' -> {
                    if (!repeatable) {
                        return Optional.of(
                                "'" + c + "' repeats the character before it; there is none here");
                    }
                    repeatable = false;
                    at++;
                }
                case '*' -> {
                    repeatable = false;
                    at++;
                }
                case '[' -> {
                    Optional<String> problem = set();
                    if (problem.isPresent()) {
                        return problem;
                    }
                    repeatable = true;
                }
                default -> {
                    if (isRef && (c <= ' ' || c == 0x7f || "~^:".indexOf(c) >= 0)) {
                        return Optional.of(
                                "a branch's or tag's name has no '"
                                        + (c < ' ' ? "\\u%04x".formatted((int) c) : c)
                                        + "'; patterns are no regular expressions");
                    }
                    repeatable = true;
                    at++;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> escape() {
        char escaped = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        if (isRef && "[?*+\\!".indexOf(escaped) < 0) {
            return Optional.of(
                    "'\\' stands before '[', '?', '*', '+' or '!' only; patterns are no regular"
                            + " expressions");
        }
        at += 2;
        return Optional.empty();
    }

    private Optional<String> set() {
        int close = text.indexOf(']', at);
        if (close < 0) {
            return Optional.of("'[' is not closed by ']'");
        }
        String inside = text.substring(at + 1, close);
        if (inside.length() <= 1) {
            return Optional.of(
                    "'[" + inside + "]' is no choice of characters; write the character itself");
        }
        for (int i = 0; i < inside.length(); i++) {
            boolean isRange = i + 2 < inside.length() && inside.charAt(i + 1) == '-';
            if (isRange && inside.charAt(i) > inside.charAt(i + 2)) {
                return Optional.of("the range '" + inside.substring(i, i + 3) + "' runs backwards");
            }
            if (isRange) {
                i += 2;
            }
        }
        at = close + 1;
        return Optional.empty();
    }
}
