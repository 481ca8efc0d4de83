package dev.devopspack.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tells comments, texts, names and numbers in a line of configuration apart, so that a reader's
/// eye finds them. It only colours: a line that it takes wrong reads as well as before.
final class CodeColours {

    private static final String PLAIN = "";

    private final String line;
    private final boolean hash;
    private final boolean slashes;
    private final char assigns;
    private final List<Part> parts = new ArrayList<>();
    private int plainFrom;

    /// A piece of a line.
    ///
    /// @param tone a class of the style sheet; empty for plain text
    record Part(String text, String tone) {}

    private CodeColours(String line, boolean hash, boolean slashes, char assigns) {
        this.line = line;
        this.hash = hash;
        this.slashes = slashes;
        this.assigns = assigns;
    }

    /// @param file the name tells the language
    static List<Part> of(String file, String line) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".tf") || name.endsWith(".hcl") || name.endsWith(".tfvars")) {
            return new CodeColours(line, true, true, '=').parts();
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return new CodeColours(line, true, false, ':').parts();
        }
        if (name.endsWith(".json")) {
            return new CodeColours(line, false, false, ':').parts();
        }
        if (name.endsWith(".sh") || name.contains("dockerfile") || name.contains("containerfile")) {
            return new CodeColours(line, true, false, '\0').parts();
        }
        return List.of(new Part(line, PLAIN));
    }

    private List<Part> parts() {
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (startsComment(at)) {
                take(at, line.length(), "comment");
                return parts;
            }
            int end = at + 1;
            if (c == '"' || c == '\'') {
                end = endOfText(at, c);
                take(at, end, assignsAfter(end) ? "name" : "text");
            } else if (Character.isLetter(c) || c == '_') {
                end = endOfWord(at);
                if (assignsAfter(end)) {
                    take(at, end, "name");
                }
            } else if (Character.isDigit(c) && !follows(at)) {
                end = endOfWord(at);
                take(at, end, "number");
            }
            at = end;
        }
        takePlain(line.length());
        return parts;
    }

    private boolean startsComment(int at) {
        boolean begins = at == 0 || Character.isWhitespace(line.charAt(at - 1));
        return begins
                && ((hash && line.charAt(at) == '#') || (slashes && line.startsWith("//", at)));
    }

    private boolean follows(int at) {
        return at > 0 && Character.isLetterOrDigit(line.charAt(at - 1));
    }

    private int endOfText(int from, char quote) {
        int at = from + 1;
        while (at < line.length() && line.charAt(at) != quote) {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, line.length());
    }

    private int endOfWord(int from) {
        int at = from;
        while (at < line.length()
                && (Character.isLetterOrDigit(line.charAt(at))
                        || "_-./".indexOf(line.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    /// `name =` but not `name ==`; `name: ` but not `http://`.
    private boolean assignsAfter(int end) {
        int at = end;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        if (assigns == '\0' || at >= line.length() || line.charAt(at) != assigns) {
            return false;
        }
        char next = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
        return next != '=' && next != '/' && next != '>';
    }

    private void take(int from, int to, String tone) {
        takePlain(from);
        parts.add(new Part(line.substring(from, to), tone));
        plainFrom = to;
    }

    private void takePlain(int to) {
        if (to > plainFrom) {
            parts.add(new Part(line.substring(plainFrom, to), PLAIN));
            plainFrom = to;
        }
    }
}
