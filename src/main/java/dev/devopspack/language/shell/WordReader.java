package dev.devopspack.language.shell;

/// Reads words with their quotes, expansions and substitutions.
final class WordReader {

    /// Substitutions in substitutions; people write three.
    static final int MAX_DEPTH = 40;

    /// Reads the commands of a substitution up to the closing character, which is left unread.
    interface Commands {
        void read(int depth, boolean substituted, char closing);
    }

    private final Cursor source;
    private final Commands commands;
    private int backquotes;

    WordReader(Cursor source, Commands commands) {
        this.source = source;
        this.commands = commands;
    }

    /// Whether a backquote ends the substitution at hand.
    boolean insideBackquotes() {
        return backquotes > 0;
    }

    /// A word up to a blank or an operator; the commands of its substitutions are added.
    ShellWord word(int depth) {
        int start = source.at;
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean expands = false;
        while (source.more()) {
            char c = source.now();
            if (c == '\'') {
                quoted = true;
                singleQuotes(value);
            } else if (c == '"') {
                quoted = true;
                expands |= doubleQuotes(value, depth);
            } else if (c == '\\') {
                escape(value);
            } else if (c == '`' && backquotes > 0) {
                break;
            } else if (c == '$' || c == '`') {
                expands |= expansion(value, depth);
            } else if ((c == '<' || c == '>') && source.at == start && source.startsWith(c + "(")) {
                source.at++;
                substitution(value, depth, start);
                expands = true;
            } else if (Cursor.isBlank(c) || "\n;|&()<>".indexOf(c) >= 0) {
                break;
            } else {
                value.append(c);
                source.at++;
            }
        }
        return new ShellWord(value.toString(), start, quoted, expands);
    }

    private void singleQuotes(StringBuilder value) {
        int end = source.text.indexOf('\'', source.at + 1);
        if (end < 0) {
            source.complete = false;
            end = source.text.length();
        }
        value.append(source.text, source.at + 1, end);
        source.moveTo(end + 1);
    }

    private boolean doubleQuotes(StringBuilder value, int depth) {
        boolean expands = false;
        source.at++;
        while (source.more() && source.now() != '"') {
            char c = source.now();
            if (c == '`' && backquotes > 0) {
                break;
            }
            if (c == '\\') {
                boolean special = "$`\"\\\n".indexOf(source.at(source.at + 1)) >= 0;
                if (special) {
                    escape(value);
                } else {
                    value.append(c);
                    source.at++;
                }
            } else if (c == '$' || c == '`') {
                expands |= expansion(value, depth);
            } else {
                value.append(c);
                source.at++;
            }
        }
        if (!source.next('"')) {
            source.complete = false;
        }
        return expands;
    }

    private void escape(StringBuilder value) {
        if (source.at + 1 >= source.text.length()) {
            value.append('\\');
            source.at++;
            return;
        }
        char c = source.text.charAt(source.at + 1);
        if (c != '\n') {
            value.append(c);
        }
        source.at += 2;
    }

    /// `$X`, `${X}`, `$(command)`, `$((sum))`, backquotes. Stands in the word as it is written.
    private boolean expansion(StringBuilder value, int depth) {
        int start = source.at;
        if (source.now() == '`') {
            backquotes(value, depth);
            return true;
        }
        source.at++;
        if (source.startsWith("((")) {
            int end = source.text.indexOf("))", source.at);
            source.complete &= end >= 0;
            source.moveTo(end < 0 ? source.text.length() : end + 2);
            value.append(source.since(start));
        } else if (source.startsWith("(")) {
            substitution(value, depth, start);
        } else if (source.startsWith("{")) {
            int end = closingBrace(source.at);
            source.complete &= end < source.text.length();
            source.moveTo(end + 1);
            value.append(source.since(start));
        } else {
            while (source.more()
                    && (Character.isLetterOrDigit(source.now()) || source.now() == '_')) {
                source.at++;
            }
            if (source.at == start + 1 && source.more() && "@*#?$!-".indexOf(source.now()) >= 0) {
                source.at++;
            }
            value.append(source.since(start));
            return source.at > start + 1;
        }
        return true;
    }

    private int closingBrace(int from) {
        int open = 0;
        for (int i = from; i < source.text.length(); i++) {
            char c = source.text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                open++;
            } else if (c == '}' && --open == 0) {
                return i;
            }
        }
        return source.text.length();
    }

    /// `$(...)` or `<(...)`, with `at` on the bracket.
    private void substitution(StringBuilder value, int depth, int start) {
        source.at++;
        if (depth >= MAX_DEPTH) {
            source.complete = false;
            source.moveTo(source.text.length());
        } else {
            commands.read(depth + 1, true, ')');
            source.closeBracket();
        }
        value.append(source.since(start));
    }

    private void backquotes(StringBuilder value, int depth) {
        int start = source.at;
        if (depth >= MAX_DEPTH) {
            source.complete = false;
            source.moveTo(source.text.length());
        } else {
            source.at++;
            backquotes++;
            commands.read(depth + 1, true, '`');
            backquotes--;
            // What is left before the quote is a stray bracket.
            while (source.more() && source.now() != '`') {
                source.at++;
            }
            source.closeBracket();
        }
        value.append(source.since(start));
    }
}
