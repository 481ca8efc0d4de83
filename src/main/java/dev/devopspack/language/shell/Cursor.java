package dev.devopspack.language.shell;

/// A place in a script that moves on, and whether everything before it could be read.
final class Cursor {

    private static final char NONE = '\uffff';

    final String text;
    int at;
    boolean complete = true;

    Cursor(String text) {
        this.text = text;
    }

    boolean more() {
        return at < text.length();
    }

    char now() {
        return text.charAt(at);
    }

    /// The character at a place; outside of the text one that means nothing in a script.
    char at(int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : NONE;
    }

    /// What was read since a place.
    String since(int start) {
        return text.substring(start, at);
    }

    void moveTo(int index) {
        at = Math.min(index, text.length());
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix, at);
    }

    /// Moves on behind the character if it stands here.
    boolean next(char c) {
        if (more() && now() == c) {
            at++;
            return true;
        }
        return false;
    }

    void skipBlanks() {
        while (more() && isBlank(now())) {
            at++;
        }
    }

    void skipLine() {
        at = endOfLine();
    }

    int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /// Moves on behind what closes a group, or notes that nothing does.
    void closeBracket() {
        if (more()) {
            at++;
        } else {
            complete = false;
        }
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
