package dev.devopspack.language.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Reads one instruction out of its joined line.
final class InstructionReader {

    private static final Set<String> WITH_FLAGS =
            Set.of("ADD", "COPY", "FROM", "HEALTHCHECK", "RUN");
    private static final Set<String> WITH_HEREDOCS = Set.of("ADD", "COPY", "RUN");
    private static final Set<String> WITH_PAIRS = Set.of("ARG", "ENV", "LABEL");
    private static final Set<String> WITH_ARRAYS =
            Set.of("ADD", "CMD", "COPY", "ENTRYPOINT", "HEALTHCHECK", "RUN", "SHELL", "VOLUME");

    /// Their arguments are a shell's or a person's, so quotes there are not the builder's.
    private static final Set<String> WITHOUT_QUOTES =
            Set.of("CMD", "ENTRYPOINT", "HEALTHCHECK", "MAINTAINER", "ONBUILD", "RUN");

    /// An instruction of the shell has no use for more at once.
    private static final int MAX_HEREDOCS = 20;

    /// @param offset of `<<` in the text behind the flags
    record Opening(String name, boolean tabs, boolean expands, int offset) {}

    private final String line;
    private final char escape;
    private final IntFunction<Position> places;
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private final List<Flag> flags = new ArrayList<>();
    private int at;

    InstructionReader(LogicalLine logical, char escape, IntFunction<Position> places) {
        this.line = logical.text();
        this.escape = escape;
        this.places = places;
    }

    List<SyntaxProblem> problems() {
        return problems;
    }

    Position position(int offset) {
        return places.apply(offset);
    }

    /// The next word in capitals.
    String keyword() {
        skipBlanks();
        int start = at;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        String keyword = line.substring(start, at).toUpperCase(Locale.ROOT);
        skipBlanks();
        return keyword;
    }

    /// Reads the flags and finds the here-documents that the rest opens.
    List<Opening> heredocs(String keyword) {
        if (WITH_FLAGS.contains(keyword)) {
            readFlags();
        }
        boolean array = line.startsWith("[", at) && JsonArray.read(line, at) != null;
        return WITH_HEREDOCS.contains(keyword) && !array ? openings() : List.of();
    }

    private void readFlags() {
        while (line.startsWith("--", at)
                && at + 2 < line.length()
                && Character.isLetter(line.charAt(at + 2))) {
            int start = at;
            while (at < line.length() && !isBlank(line.charAt(at))) {
                at = line.charAt(at) == '"' ? closingQuote(at) : at + 1;
            }
            String flag = line.substring(start + 2, at);
            int equals = flag.indexOf('=');
            flags.add(
                    new Flag(
                            (equals < 0 ? flag : flag.substring(0, equals))
                                    .toLowerCase(Locale.ROOT),
                            equals < 0 ? "" : unquoted(flag.substring(equals + 1)),
                            position(start)));
            skipBlanks();
        }
    }

    private int closingQuote(int open) {
        int close = line.indexOf('"', open + 1);
        return close < 0 ? line.length() : close + 1;
    }

    private List<Opening> openings() {
        List<Opening> openings = new ArrayList<>();
        char quote = '\0';
        for (int i = at; i < line.length() && openings.size() < MAX_HEREDOCS; i++) {
            char c = line.charAt(i);
            if (quote != '\0') {
                quote = c == quote ? '\0' : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '\\') {
                i++;
            } else if (line.startsWith("<<", i)) {
                Opening opening = opening(i);
                if (opening != null) {
                    openings.add(opening);
                }
                while (i + 1 < line.length() && line.charAt(i + 1) == '<') {
                    i++;
                }
            }
        }
        return openings;
    }

    private @Nullable Opening opening(int start) {
        int i = start + 2;
        boolean tabs = line.startsWith("-", i);
        i += tabs ? 1 : 0;
        char quote =
                i < line.length() && (line.charAt(i) == '"' || line.charAt(i) == '\'')
                        ? line.charAt(i)
                        : '\0';
        i += quote == '\0' ? 0 : 1;
        int from = i;
        while (i < line.length() && isNamePart(line.charAt(i), i == from)) {
            i++;
        }
        if (i == from || (quote != '\0' && (i >= line.length() || line.charAt(i) != quote))) {
            return null;
        }
        return new Opening(line.substring(from, i), tabs, quote == '\0', start - at);
    }

    private static boolean isNamePart(char c, boolean first) {
        return c == '_' || Character.isLetter(c) || (!first && (Character.isDigit(c) || c == '-'));
    }

    Instruction instruction(
            String keyword, boolean onbuild, Position from, int lastLine, List<Heredoc> heredocs) {
        int start = at;
        String text = line.substring(start);
        List<Word> array = WITH_ARRAYS.contains(keyword) ? array(keyword, start) : null;
        List<Pair> pairs = WITH_PAIRS.contains(keyword) ? pairs(keyword) : List.of();
        List<Word> words =
                array == null ? (pairs.isEmpty() ? words(start, keyword) : List.of()) : array;
        return new Instruction(
                keyword,
                onbuild,
                from,
                lastLine,
                flags,
                array != null,
                text,
                words,
                pairs,
                heredocs,
                offset -> places.apply(start + offset));
    }

    /// The items of a JSON array; for `HEALTHCHECK` the array stands behind `CMD`.
    private @Nullable List<Word> array(String keyword, int start) {
        int from = start;
        List<Word> words = new ArrayList<>();
        if (keyword.equals("HEALTHCHECK") && line.regionMatches(true, start, "CMD", 0, 3)) {
            words.add(new Word(line.substring(start, start + 3), "CMD", position(start)));
            from = start + 3;
            while (from < line.length() && isBlank(line.charAt(from))) {
                from++;
            }
        }
        List<JsonArray.Item> items = JsonArray.read(line, from);
        if (items == null) {
            return null;
        }
        for (JsonArray.Item item : items) {
            words.add(new Word(item.text(), item.text(), position(item.offset())));
        }
        return words;
    }

    private List<Pair> pairs(String keyword) {
        List<Pair> pairs = new ArrayList<>();
        int start = at;
        String first = rawWord();
        boolean old = !keyword.equals("ARG") && !first.contains("=");
        if (old) {
            skipBlanks();
            String value = line.substring(at).stripTrailing();
            if (!first.isEmpty() && value.isEmpty()) {
                problems.add(
                        new SyntaxProblem(
                                position(start),
                                keyword + " sets no value. Write `" + keyword + " name=value`."));
            }
            if (!first.isEmpty()) {
                pairs.add(new Pair(unquoted(first), unquoted(value), position(start)));
            }
            at = line.length();
            return pairs;
        }
        while (!first.isEmpty()) {
            int equals = first.indexOf('=');
            if (equals < 0 && !keyword.equals("ARG")) {
                problems.add(
                        new SyntaxProblem(
                                position(start),
                                "'" + first + "' has no value. Write `name=value`."));
            }
            pairs.add(
                    new Pair(
                            unquoted(equals < 0 ? first : first.substring(0, equals)),
                            equals < 0 ? null : unquoted(first.substring(equals + 1)),
                            position(start)));
            skipBlanks();
            start = at;
            first = rawWord();
        }
        return pairs;
    }

    private List<Word> words(int start, String keyword) {
        List<Word> words = new ArrayList<>();
        at = start;
        boolean quotes = !WITHOUT_QUOTES.contains(keyword);
        while (at < line.length()) {
            skipBlanks();
            int from = at;
            String raw = quotes ? rawWord() : plainWord();
            if (!raw.isEmpty()) {
                words.add(new Word(raw, quotes ? unquoted(raw) : raw, position(from)));
            }
        }
        return words;
    }

    private String plainWord() {
        int start = at;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    /// A word up to a blank outside quotes, as it is written.
    private String rawWord() {
        int start = at;
        char quote = '\0';
        int opened = at;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == escape && quote != '\'') {
                at++;
            } else if (quote != '\0') {
                quote = c == quote ? '\0' : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
                opened = at;
            } else if (isBlank(c)) {
                break;
            }
            at++;
        }
        at = Math.min(at, line.length());
        if (quote != '\0') {
            problems.add(
                    new SyntaxProblem(
                            position(opened), "the quote " + quote + " is not closed. Close it."));
        }
        return line.substring(start, at);
    }

    /// Without quotes; an escape before anything but a variable is gone.
    private String unquoted(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        char quote = '\0';
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == escape && quote != '\'' && i + 1 < raw.length()) {
                char next = raw.charAt(i + 1);
                if (next == '$' || (quote == '"' && next != '"' && next != escape)) {
                    text.append(c);
                }
                text.append(next);
                i++;
            } else if (quote != '\0' && c == quote) {
                quote = '\0';
            } else if (quote == '\0' && (c == '\'' || c == '"')) {
                quote = c;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
