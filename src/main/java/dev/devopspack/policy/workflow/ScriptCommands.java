package dev.devopspack.policy.workflow;

import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;

/// The commands of a script, as far as they are written out: words between line breaks and the
/// signs that join commands. No shell's whole grammar: a command inside a substitution is found,
/// one that a variable holds is not.
final class ScriptCommands {

    /// Longer scripts are files of their own; the rest of this one is not looked at.
    private static final int MAX_CHARACTERS = 200_000;

    private static final int MAX_COMMANDS = 2_000;

    /// Words before a command that are not the command.
    private static final List<String> PREFIXES =
            List.of(
                    "sudo", "env", "time", "exec", "command", "nohup", "then", "do", "else", "if",
                    "while", "until", "!", "{", "(");

    /// @param program the first word without its folder, for example `curl`
    /// @param words the words behind it
    /// @param text the whole command
    /// @param piped whether its output goes to the next one
    /// @param next the program that its output goes to; empty without one
    /// @param line in the file
    record Command(
            String program, List<String> words, String text, boolean piped, String next, int line) {
        Command {
            words = List.copyOf(words);
        }
    }

    private final Scalar script;
    private final String text;
    private final List<Command> commands = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int start = -1;

    private ScriptCommands(Scalar script) {
        this.script = script;
        String content = script.content();
        this.text =
                content.length() > MAX_CHARACTERS ? content.substring(0, MAX_CHARACTERS) : content;
    }

    static List<Command> in(Scalar script) {
        ScriptCommands reader = new ScriptCommands(script);
        reader.read();
        return reader.linked();
    }

    private void read() {
        int i = 0;
        while (i < text.length() && commands.size() < MAX_COMMANDS) {
            i = next(i);
        }
        endCommand(text.length(), false);
    }

    /// Reads on from an offset.
    ///
    /// @return where to go on
    private int next(int i) {
        char c = text.charAt(i);
        if (text.startsWith("${{", i)) {
            int close = text.indexOf("}}", i);
            int end = close < 0 ? text.length() : close + 2;
            append(i, text.substring(i, end));
            return end;
        }
        switch (c) {
            case '\\', '`' -> {
                if (isContinuation(i)) {
                    endWord();
                    return text.indexOf('\n', i) + 1;
                }
                if (c == '`') {
                    endCommand(i, false);
                    return i + 1;
                }
                append(i, i + 1 < text.length() ? text.substring(i, i + 2) : "\\");
                return i + 2;
            }
            case '\'', '"' -> {
                return quoted(i, c);
            }
            case '\n', ';', '&', '|' -> {
                boolean isRedirection =
                        c == '&'
                                && i > 0
                                && (text.charAt(i - 1) == '>' || text.charAt(i - 1) == '<');
                if (isRedirection
                        || (c == '&' && i + 1 < text.length() && text.charAt(i + 1) == '>')) {
                    append(i, "&");
                    return i + 1;
                }
                boolean isPipe = c == '|' && !text.startsWith("||", i);
                endCommand(i, isPipe);
                return i + 1;
            }
            case '#' -> {
                if (!inWord) {
                    int end = text.indexOf('\n', i);
                    return end < 0 ? text.length() : end;
                }
                append(i, "#");
                return i + 1;
            }
            case '$' -> {
                if (i + 1 < text.length() && text.charAt(i + 1) == '(') {
                    append(i, "$(");
                    endCommand(i, false);
                    return i + 2;
                }
                append(i, "$");
                return i + 1;
            }
            case ' ', '\t', '\r' -> {
                endWord();
                return i + 1;
            }
            default -> {
                append(i, String.valueOf(c));
                return i + 1;
            }
        }
    }

    /// A sign at the end of a line that goes on: `\` of Unix shells, a backtick of PowerShell.
    private boolean isContinuation(int i) {
        int end = i + 1;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\r')) {
            end++;
        }
        return end < text.length() && text.charAt(end) == '\n';
    }

    private int quoted(int from, char quote) {
        StringBuilder inside = new StringBuilder();
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != quote) {
            boolean isEscape = quote == '"' && text.charAt(i) == '\\' && i + 1 < text.length();
            if (isEscape) {
                i++;
            }
            inside.append(text.charAt(i));
            i++;
        }
        append(from, inside.toString());
        return i + 1;
    }

    private void append(int at, String part) {
        if (start < 0) {
            start = at;
        }
        inWord = true;
        word.append(part);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void endCommand(int end, boolean piped) {
        endWord();
        if (!words.isEmpty()) {
            List<String> plain = withoutPrefixes();
            if (!plain.isEmpty()) {
                String program = plain.getFirst();
                commands.add(
                        new Command(
                                program.substring(
                                        Math.max(
                                                        program.lastIndexOf('/'),
                                                        program.lastIndexOf('\\'))
                                                + 1),
                                plain.subList(1, plain.size()),
                                text.substring(start, end).strip(),
                                piped,
                                "",
                                script.lineAt(start)));
            }
        }
        words.clear();
        start = -1;
    }

    private List<String> withoutPrefixes() {
        int first = 0;
        while (first < words.size()
                && (PREFIXES.contains(words.get(first)) || isAssignment(words.get(first)))) {
            first++;
        }
        return words.subList(first, words.size());
    }

    /// `NAME=value` before a command.
    private static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0
                && word.substring(0, equals)
                        .chars()
                        .allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
    }

    /// The commands, each with the one that its output goes to.
    private List<Command> linked() {
        List<Command> linked = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            String next =
                    command.piped() && i + 1 < commands.size() ? commands.get(i + 1).program() : "";
            linked.add(
                    new Command(
                            command.program(),
                            command.words(),
                            command.text(),
                            command.piped(),
                            next,
                            command.line()));
        }
        return linked;
    }
}
