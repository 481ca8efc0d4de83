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

    /// The longest scripts people keep in other files have some hundred commands.
    private static final int MAX_COMMANDS = 20_000;

    /// Words before which a command begins anew.
    private static final Set<String> OPENING =
            Set.of("if", "then", "else", "elif", "while", "until", "do", "!", "{", "time");

    private static final Set<String> CLOSING = Set.of("fi", "done", "}", "esac");

    private final Cursor source;
    private final WordReader reader;
    private final List<ShellCommand> commands = new ArrayList<>();
    private final Deque<Heredoc> heredocs = new ArrayDeque<>();
    private int pipelines;

    /// A here-document whose body begins behind the next line break.
    private record Heredoc(String end, boolean tabs) {}

    ShellParser(String text) {
        this.source = new Cursor(text);
        this.reader = new WordReader(source, this::commands);
    }

    ShellScript script() {
        while (source.more() && commands.size() < MAX_COMMANDS) {
            commands(0, false, '\0');
            if (source.more()) {
                // A bracket that nothing opened: go on behind it.
                source.complete = false;
                source.at++;
            }
        }
        return new ShellScript(commands, source.complete && !source.more());
    }

    /// Reads commands up to the closing character, which is left unread.
    private void commands(int depth, boolean substituted, char closing) {
        Block block = new Block(depth, substituted);
        while (source.more() && commands.size() < MAX_COMMANDS) {
            char c = source.now();
            if (Cursor.isBlank(c)) {
                source.at++;
            } else if (c == '\n') {
                lineBreak();
                block.end(Joint.SEQUENCE);
            } else if (c == '#' && block.atWordStart()) {
                source.skipLine();
            } else if (c == closing || c == ')' || (c == '`' && reader.insideBackquotes())) {
                break;
            } else if (c == ';') {
                source.at++;
                boolean caseEnd = source.more() && ";&".indexOf(source.now()) >= 0;
                block.end(Joint.SEQUENCE);
                if (caseEnd) {
                    source.at++;
                    block.pattern();
                }
            } else if (c == '|') {
                source.at++;
                boolean or = source.next('|');
                if (!or) {
                    source.next('&');
                }
                block.end(or ? Joint.OR : Joint.PIPE);
            } else if (c == '&' && !source.startsWith("&>")) {
                source.at++;
                block.end(source.next('&') ? Joint.AND : Joint.BACKGROUND);
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
        source.at++;
        if (block.wantsPattern()) {
            return;
        }
        if (block.words.size() == 1 && isFunctionHead()) {
            block.words.clear();
            return;
        }
        if (depth >= WordReader.MAX_DEPTH) {
            source.complete = false;
            return;
        }
        Joint joint = block.joint;
        int before = commands.size();
        commands(depth + 1, block.substituted, ')');
        source.closeBracket();
        if (commands.size() > before) {
            joinFirst(before, joint);
        }
        block.afterGroup();
    }

    private boolean isFunctionHead() {
        int end = source.at;
        while (Cursor.isBlank(source.at(end))) {
            end++;
        }
        if (source.at(end) == ')') {
            source.at = end + 1;
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

    /// The pattern of a branch of `case`, up to its bracket.
    private void casePattern(Block block) {
        ShellWord word = reader.word(block.depth);
        if (word.text().equals("esac") && !word.quoted()) {
            block.caseEnds();
            return;
        }
        while (source.more() && source.now() != ')' && source.now() != '\n') {
            int before = source.at;
            reader.word(block.depth);
            source.at = Math.max(source.at, before + 1);
        }
        if (source.more()) {
            source.at++;
        }
        block.patternRead();
    }

    /// A word, an assignment or a redirection of the command at hand.
    private void piece(Block block) {
        int start = source.at;
        int digits = source.at;
        while (Character.isDigit(source.at(digits))) {
            digits++;
        }
        boolean redirects =
                source.at(digits) == '<'
                        || source.at(digits) == '>'
                        || (digits == source.at && source.startsWith("&>"));
        if (redirects && !isProcessSubstitution(digits)) {
            source.at = digits;
            redirection(block, start);
            return;
        }
        ShellWord word = reader.word(block.depth);
        if (source.at == start) {
            source.at++;
            return;
        }
        block.add(word, source.since(start));
    }

    private boolean isProcessSubstitution(int index) {
        return index == source.at && source.at(index + 1) == '(';
    }

    private void redirection(Block block, int start) {
        while (source.more() && "<>&|-".indexOf(source.now()) >= 0) {
            char c = source.now();
            if (c == '-' && !source.since(start).endsWith("<<")) {
                break;
            }
            source.at++;
        }
        String operator = source.since(start);
        source.skipBlanks();
        ShellWord target = reader.word(block.depth);
        block.redirections.add(new Redirection(operator, target));
        if (isHeredoc(operator)) {
            heredocs.add(new Heredoc(target.text(), operator.endsWith("-")));
        }
    }

    /// `<<< word` has its text on the same line.
    private static boolean isHeredoc(String operator) {
        return (operator.endsWith("<<") && !operator.endsWith("<<<")) || operator.endsWith("<<-");
    }

    /// Skips the bodies of the here-documents that the line began.
    private void lineBreak() {
        source.at++;
        while (!heredocs.isEmpty()) {
            Heredoc heredoc = heredocs.remove();
            boolean ended = false;
            while (source.more() && !ended) {
                int end = source.endOfLine();
                String content = source.text.substring(source.at, end);
                source.moveTo(end + 1);
                ended = (heredoc.tabs() ? content.stripLeading() : content).equals(heredoc.end());
            }
            source.complete &= ended;
        }
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
            char before = source.at(source.at - 1);
            return source.at == 0 || Cursor.isBlank(before) || "\n;|&(".indexOf(before) >= 0;
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
