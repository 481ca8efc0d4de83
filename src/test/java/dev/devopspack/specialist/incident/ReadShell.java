package dev.devopspack.specialist.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a block as bash would, as far as blocks go: the programs it runs with their words and what
/// they read. Written apart from the printer, so that a mistake there is seen here.
///
/// A word that holds a variable keeps it as `$NAME`.
final class ReadShell {

    /// @param redirects whether its output goes to a file
    record Run(List<String> words, @Nullable String input, boolean redirects) {

        String program() {
            return words.getFirst();
        }
    }

    private static final Pattern CONDITION =
            Pattern.compile("\\[\\[ \"\\$[A-Z_]+\" == [/*?]+ \\]\\]");

    private final String text;
    private final List<Run> runs = new ArrayList<>();
    private int at;

    private ReadShell(String text) {
        this.text = text;
    }

    static List<Run> runs(String text) {
        ReadShell reader = new ReadShell(text);
        reader.list();
        return reader.runs;
    }

    private void list() {
        List<String> words = new ArrayList<>();
        String end = null;
        boolean redirects = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ') {
                at++;
            } else if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (text.startsWith("&&", at) || text.startsWith("||", at)) {
                // What is read stands on the lines after this one.
                at += 2;
                if (end != null) {
                    expect('\n');
                    finish(words, lines(end), redirects);
                    end = null;
                } else {
                    finish(words, null, redirects);
                }
                redirects = false;
            } else if (words.isEmpty() && text.startsWith("[[ ", at)) {
                condition();
            } else if (c == '|') {
                at++;
                if (end != null) {
                    throw new AssertionError("no block pipes what it reads: " + text);
                }
                finish(words, null, redirects);
            } else if (c == '\n') {
                at++;
                finish(words, end == null ? null : lines(end), redirects);
                end = null;
                redirects = false;
            } else if (text.startsWith("<<'", at)) {
                int close = text.indexOf('\'', at + 3);
                end = text.substring(at + 3, close);
                at = close + 1;
            } else if (c == '>') {
                at++;
                redirects = true;
            } else if ("&;()<".indexOf(c) >= 0) {
                throw new AssertionError("unexpected '" + c + "' at " + at + " in " + text);
            } else {
                words.add(word());
            }
        }
        finish(words, end == null ? null : lines(end), redirects);
    }

    /// `[[ "$NAME" == PATTERN ]]` runs nothing; what is compared is quoted, and the pattern matches
    /// no names of files.
    private void condition() {
        Matcher condition = CONDITION.matcher(text).region(at, text.length());
        if (!condition.lookingAt()) {
            throw new AssertionError("no condition that blocks have, at " + at + " in " + text);
        }
        at = condition.end();
    }

    private void expect(char c) {
        if (text.charAt(at++) != c) {
            throw new AssertionError("expected " + (int) c + " at " + at + " in " + text);
        }
    }

    private String lines(String end) {
        int close = text.indexOf("\n" + end, at - 1);
        String lines = text.substring(at, close);
        at = close + 1 + end.length();
        if (at < text.length()) {
            expect('\n');
        }
        return lines;
    }

    private void finish(List<String> words, @Nullable String input, boolean redirects) {
        List<String> run = new ArrayList<>(words);
        words.clear();
        if (!run.isEmpty() && (run.getFirst().equals("{") || run.getFirst().equals("}"))) {
            run.removeFirst();
        }
        if (!run.isEmpty() && run.getFirst().matches("[A-Z_]+=.*")) {
            run.removeFirst();
        }
        if (!run.isEmpty() && !run.getFirst().equals(":")) {
            runs.add(new Run(List.copyOf(run), input, redirects));
        }
    }

    private String word() {
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                int close = text.indexOf('\'', at + 1);
                out.append(text, at + 1, close);
                at = close + 1;
            } else if (c == '"') {
                at++;
                doubleQuoted(out);
            } else if (c == '\\') {
                out.append(text.charAt(at + 1));
                at += 2;
            } else if (" \n|&;<>()".indexOf(c) >= 0) {
                break;
            } else if ("$`*?~#!".indexOf(c) >= 0) {
                throw new AssertionError("unquoted '" + c + "' at " + at + " in " + text);
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    private void doubleQuoted(StringBuilder out) {
        while (text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '`' || c == '\\') {
                throw new AssertionError("unexpected '" + c + "' at " + at + " in " + text);
            }
            if (text.startsWith("$(", at)) {
                at += 2;
                int close = matching();
                runs.addAll(runs(text.substring(at, close)));
                at = close + 1;
                out.append("$(…)");
            } else {
                out.append(c);
                at++;
            }
        }
        at++;
    }

    /// Where `$(` ends: quotes within hide what they hold.
    private int matching() {
        int i = at;
        while (text.charAt(i) != ')') {
            if (text.charAt(i) == '\'') {
                i = text.indexOf('\'', i + 1);
            } else if (text.charAt(i) == '"') {
                i = text.indexOf('"', i + 1);
            }
            i++;
        }
        return i;
    }
}
