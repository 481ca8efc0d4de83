package dev.devopspack.language.shell;

import dev.devopspack.language.shell.ShellCommand.Assignment;
import dev.devopspack.language.shell.ShellCommand.Joint;
import dev.devopspack.language.shell.ShellCommand.Redirection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Reads commands out of a script by one walk over its characters.
final class ShellParser {

    /// Substitutions in substitutions; people write three.
    private static final int MAX_DEPTH = 40;

    /// The longest scripts people keep in other files have some hundred commands.
    private static final int MAX_COMMANDS = 20_000;

    /// Words before which a command begins anew.
    private static final Set<String> OPENING =
            Set.of("if", "then", "else", "elif", "while", "until", "do", "!", "{", "time");

    private static final Set<String> CLOSING = Set.of("fi", "done", "}", "esac");

    private final String text;
    private final List<ShellCommand> commands = new ArrayList<>();
    private final Deque<Heredoc> heredocs = new ArrayDeque<>();
    private int at;
    private int pipelines;
    private int backquotes;
    private boolean complete = true;

    /// A here-document whose body begins behind the next line break.
    private record Heredoc(String end, boolean tabs) {}

    ShellParser(String text) {
        this.text = text;
    }

    ShellScript script() {
        while (at < text.length() && commands.size() < MAX_COMMANDS) {
            commands(0, false, '\0');
            if (at < text.length()) {
                // A bracket that nothing opened: go on behind it.
                complete = false;
                at++;
            }
        }
        return new ShellScript(commands, complete && at >= text.length());
    }

    /// Reads commands up to the closing character, which is left unread.
    private void commands(int depth, boolean substituted, char closing) {
        Block block = new Block(depth, substituted);
        while (at < text.length() && commands.size() < MAX_COMMANDS) {
            char c = text.charAt(at);
            if (isBlank(c)) {
                at++;
            } else if (c == '\n') {
                lineBreak();
                block.end(Joint.SEQUENCE);
            } else if (c == '#' && block.atWordStart()) {
                skipComment();
            } else if (c == closing || c == ')' || (c == '`' && backquotes > 0)) {
                break;
            } else if (c == ';') {
                at++;
                boolean caseEnd = at < text.length() && ";&".indexOf(text.charAt(at)) >= 0;
                block.end(Joint.SEQUENCE);
                if (caseEnd) {
                    at++;
                    block.pattern();
                }
            } else if (c == '|') {
                at++;
                boolean or = next('|');
                if (!or) {
                    next('&');
                }
                block.end(or ? Joint.OR : Joint.PIPE);
            } else if (c == '&' && !startsWith("&>")) {
                at++;
                block.end(next('&') ? Joint.AND : Joint.BACKGROUND);
            } else if (c == '(') {
                bracket(block, depth);
            } else if (block.wantsPattern()) {
                casePattern(block);
            } else {
                piece(block);
            }
        }
        block.end(Joint.SEQUENCE);
    }

    /// A subshell, or the two brackets behind a function's name.
    private void bracket(Block block, int depth) {
        at++;
        if (block.wantsPattern()) {
            return;
        }
        if (block.words.size() == 1 && isFunctionHead()) {
            block.words.clear();
            return;
        }
        if (depth >= MAX_DEPTH) {
            complete = false;
            return;
        }
        Joint joint = block.joint;
        int before = commands.size();
        commands(depth + 1, block.substituted, ')');
        closeBracket();
        if (commands.size() > before) {
            joinFirst(before, joint);
        }
        block.afterGroup();
    }

    private boolean isFunctionHead() {
        int end = at;
        while (end < text.length() && isBlank(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == ')') {
            at = end + 1;
            return true;
        }
        return false;
    }

    private void joinFirst(int index, Joint joint) {
        ShellCommand first = commands.get(index);
        commands.set(
                index,
                new ShellCommand(
                        first.assignments(),
                        first.words(),
                        joint,
                        first.pipeline(),
                        first.depth(),
                        first.substituted(),
                        first.redirections()));
    }

    private void closeBracket() {
        if (at < text.length()) {
            at++;
        } else {
            complete = false;
        }
    }

    /// The pattern of a branch of `case`, up to its bracket.
    private void casePattern(Block block) {
        ShellWord word = word(block.depth);
        if (word.text().equals("esac") && !word.quoted()) {
            block.caseEnds();
            return;
        }
        while (at < text.length() && text.charAt(at) != ')' && text.charAt(at) != '\n') {
            int before = at;
            word(block.depth);
            at = Math.max(at, before + 1);
        }
        if (at < text.length()) {
            at++;
        }
        block.patternRead();
    }

    /// A word, an assignment or a redirection of the command at hand.
    private void piece(Block block) {
        int start = at;
        int digits = at;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        boolean redirects =
                digits < text.length()
                        && (text.charAt(digits) == '<'
                                || text.charAt(digits) == '>'
                                || (digits == at && startsWith("&>")));
        if (redirects && !isProcessSubstitution(digits)) {
            at = digits;
            redirection(block, start);
            return;
        }
        ShellWord word = word(block.depth);
        if (at == start) {
            at++;
            return;
        }
        block.add(word, text.substring(start, at));
    }

    private boolean isProcessSubstitution(int index) {
        return index + 1 < text.length() && text.charAt(index + 1) == '(' && index == at;
    }

    private void redirection(Block block, int start) {
        while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0) {
            char c = text.charAt(at);
            if (c == '-' && !text.substring(start, at).endsWith("<<")) {
                break;
            }
            at++;
        }
        String operator = text.substring(start, at);
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        ShellWord target = word(block.depth);
        block.redirections.add(new Redirection(operator, target));
        if (operator.endsWith("<<") || operator.endsWith("<<-")) {
            heredocs.add(new Heredoc(target.text(), operator.endsWith("-")));
        }
    }

    /// Skips the bodies of the here-documents that the line began.
    private void lineBreak() {
        at++;
        while (!heredocs.isEmpty()) {
            Heredoc heredoc = heredocs.remove();
            boolean ended = false;
            while (at < text.length() && !ended) {
                int end = endOfLine(at);
                String content = text.substring(at, end);
                at = Math.min(end + 1, text.length());
                ended = (heredoc.tabs() ? content.stripLeading() : content).equals(heredoc.end());
            }
            complete &= ended;
        }
    }

    private void skipComment() {
        at = endOfLine(at);
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /// A word up to a blank or an operator; the commands of its substitutions are added.
    private ShellWord word(int depth) {
        int start = at;
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean expands = false;
        while (at < text.length()) {
            char c = text.charAt(at);
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
            } else if ((c == '<' || c == '>') && at == start && startsWith(c + "(")) {
                at++;
                substitution(value, depth, start);
                expands = true;
            } else if (isBlank(c) || "\n;|&()<>".indexOf(c) >= 0) {
                break;
            } else {
                value.append(c);
                at++;
            }
        }
        return new ShellWord(value.toString(), start, quoted, expands);
    }

    private void singleQuotes(StringBuilder value) {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            complete = false;
            end = text.length();
        }
        value.append(text, at + 1, end);
        at = Math.min(end + 1, text.length());
    }

    private boolean doubleQuotes(StringBuilder value, int depth) {
        boolean expands = false;
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '`' && backquotes > 0) {
                break;
            }
            if (c == '\\') {
                boolean special =
                        at + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(at + 1)) >= 0;
                if (special) {
                    escape(value);
                } else {
                    value.append(c);
                    at++;
                }
            } else if (c == '$' || c == '`') {
                expands |= expansion(value, depth);
            } else {
                value.append(c);
                at++;
            }
        }
        if (at >= text.length() || text.charAt(at) != '"') {
            complete = false;
        } else {
            at++;
        }
        return expands;
    }

    private void escape(StringBuilder value) {
        if (at + 1 >= text.length()) {
            value.append('\\');
            at++;
            return;
        }
        char c = text.charAt(at + 1);
        if (c != '\n') {
            value.append(c);
        }
        at += 2;
    }

    /// `$X`, `${X}`, `$(command)`, `$((sum))`, backquotes. Stands in the word as it is written.
    private boolean expansion(StringBuilder value, int depth) {
        int start = at;
        if (text.charAt(at) == '`') {
            backquotes(value, depth);
            return true;
        }
        at++;
        if (startsWith("((")) {
            int end = text.indexOf("))", at);
            complete &= end >= 0;
            at = end < 0 ? text.length() : end + 2;
            value.append(text, start, at);
        } else if (startsWith("(")) {
            substitution(value, depth, start);
        } else if (startsWith("{")) {
            int end = closingBrace(at);
            complete &= end < text.length();
            at = Math.min(end + 1, text.length());
            value.append(text, start, at);
        } else {
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            if (at == start + 1 && at < text.length() && "@*#?$!-".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            value.append(text, start, at);
            return at > start + 1;
        }
        return true;
    }

    private int closingBrace(int from) {
        int open = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                open++;
            } else if (c == '}' && --open == 0) {
                return i;
            }
        }
        return text.length();
    }

    /// `$(...)` or `<(...)`, with `at` on the bracket.
    private void substitution(StringBuilder value, int depth, int start) {
        at++;
        if (depth >= MAX_DEPTH) {
            complete = false;
            at = text.length();
        } else {
            commands(depth + 1, true, ')');
            closeBracket();
        }
        value.append(text, start, at);
    }

    private void backquotes(StringBuilder value, int depth) {
        int start = at;
        if (depth >= MAX_DEPTH) {
            complete = false;
            at = text.length();
        } else {
            at++;
            backquotes++;
            commands(depth + 1, true, '`');
            backquotes--;
            // What is left before the quote is a stray bracket.
            while (at < text.length() && text.charAt(at) != '`') {
                at++;
            }
            closeBracket();
        }
        value.append(text, start, at);
    }

    private boolean next(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean startsWith(String prefix) {
        return text.startsWith(prefix, at);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /// The command that is being read, and what the ones before it mean for it.
    private final class Block {
        private final int depth;
        private final boolean substituted;
        private final List<Assignment> assignments = new ArrayList<>();
        private final List<ShellWord> words = new ArrayList<>();
        private final List<Redirection> redirections = new ArrayList<>();
        private Joint joint = Joint.START;
        private int pipeline = pipelines++;
        private int cases;
        private boolean pattern;

        Block(int depth, boolean substituted) {
            this.depth = depth;
            this.substituted = substituted;
        }

        void add(ShellWord word, String written) {
            boolean plain = !word.quoted() && !word.expands();
            if (words.isEmpty() && plain && OPENING.contains(word.text())) {
                return;
            }
            if (words.isEmpty() && plain && CLOSING.contains(word.text())) {
                if (word.text().equals("esac") && cases > 0) {
                    cases--;
                }
                return;
            }
            int equals = written.indexOf('=');
            if (words.isEmpty() && equals > 0 && isName(written.substring(0, equals))) {
                String value = word.text().substring(Math.min(equals + 1, word.text().length()));
                assignments.add(
                        new Assignment(
                                written.substring(0, equals).replace("+", ""),
                                new ShellWord(
                                        value, word.offset(), word.quoted(), word.expands())));
                return;
            }
            words.add(word);
            if (words.getFirst().text().equals("case") && plain && word.text().equals("in")) {
                cases++;
                flush();
                joint = Joint.SEQUENCE;
                pattern = true;
            }
        }

        private static boolean isName(String name) {
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                boolean fits =
                        c == '_'
                                || (c < 128 && Character.isLetter(c))
                                || (i > 0 && c < 128 && Character.isDigit(c))
                                || (i == name.length() - 1 && i > 0 && c == '+');
                if (!fits) {
                    return false;
                }
            }
            return true;
        }

        boolean atWordStart() {
            return at == 0
                    || isBlank(text.charAt(at - 1))
                    || "\n;|&(".indexOf(text.charAt(at - 1)) >= 0;
        }

        void end(Joint next) {
            boolean any = flush();
            if (any || next == Joint.PIPE || next == Joint.AND || next == Joint.OR) {
                joint = next;
            }
            if (next != Joint.PIPE) {
                pipeline = pipelines++;
            }
        }

        /// A subshell has ended: what follows joins it.
        void afterGroup() {
            words.clear();
            assignments.clear();
            redirections.clear();
            joint = Joint.SEQUENCE;
        }

        private boolean flush() {
            boolean any = !words.isEmpty() || !assignments.isEmpty();
            if (any) {
                commands.add(
                        new ShellCommand(
                                assignments,
                                words,
                                joint,
                                pipeline,
                                depth,
                                substituted,
                                redirections));
            }
            words.clear();
            assignments.clear();
            redirections.clear();
            return any;
        }

        boolean wantsPattern() {
            return pattern;
        }

        void pattern() {
            pattern = cases > 0;
        }

        void patternRead() {
            pattern = false;
        }

        void caseEnds() {
            pattern = false;
            cases = Math.max(0, cases - 1);
        }
    }
}
