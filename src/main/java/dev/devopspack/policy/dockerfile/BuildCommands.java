package dev.devopspack.policy.dockerfile;

import dev.devopspack.language.dockerfile.Heredoc;
import dev.devopspack.language.dockerfile.Instruction;
import dev.devopspack.language.dockerfile.Position;
import dev.devopspack.language.dockerfile.Word;
import dev.devopspack.language.shell.ShellCommand;
import dev.devopspack.language.shell.ShellCommand.Joint;
import dev.devopspack.language.shell.ShellScript;
import dev.devopspack.language.shell.ShellWord;
import dev.devopspack.policy.dockerfile.BuildCommand.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/// Finds the commands that a `RUN` executes.
final class BuildCommands {

    /// `sudo env sh -c "sh -c ..."` nests; people write three.
    private static final int MAX_NESTING = 8;

    /// A `RUN` with more commands is a program; the rest of it is not looked at.
    private static final int MAX_COMMANDS = 5_000;

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");

    /// Programs that run the command in their arguments, and their options with a value.
    private static final Map<String, Set<String>> WRAPPERS =
            Map.ofEntries(
                    Map.entry("sudo", Set.of("-u", "-g", "-p", "-C", "-h", "-r", "-t", "-U")),
                    Map.entry("doas", Set.of("-u", "-C")),
                    Map.entry("env", Set.of("-u", "-C", "-S")),
                    Map.entry("exec", Set.of("-a")),
                    Map.entry("command", Set.of()),
                    Map.entry("builtin", Set.of()),
                    Map.entry("nohup", Set.of()),
                    Map.entry("time", Set.of("-f", "-o")),
                    Map.entry("nice", Set.of("-n")),
                    Map.entry("ionice", Set.of("-c", "-n")),
                    Map.entry("eatmydata", Set.of()),
                    Map.entry("busybox", Set.of()),
                    Map.entry("xargs", Set.of("-n", "-I", "-P", "-L", "-d", "-a", "-E", "-s")),
                    Map.entry("timeout", Set.of("-s", "-k")),
                    Map.entry("gosu", Set.of()),
                    Map.entry("su-exec", Set.of()));

    /// Wrappers whose first operand is not yet the command: a duration, a user.
    private static final Set<String> WITH_OPERAND = Set.of("timeout", "gosu", "su-exec");

    private final List<BuildCommand> commands = new ArrayList<>();
    private int pipelines;

    private BuildCommands() {}

    static List<BuildCommand> of(Instruction run) {
        BuildCommands found = new BuildCommands();
        if (run.exec()) {
            found.exec(run);
        } else {
            found.script(run.text(), run.positions(), 0);
            found.heredocs(run);
        }
        return found.commands;
    }

    private void exec(Instruction run) {
        if (run.words().isEmpty()) {
            return;
        }
        List<Argument> words = new ArrayList<>();
        for (Word word : run.words()) {
            words.add(new Argument(word.text(), word.text().indexOf('$') >= 0));
        }
        Position at = run.words().getFirst().at();
        add(words, Map.of(), Joint.START, pipelines++, List.of(), at, offset -> at, 0);
    }

    /// The bodies that a shell reads: `RUN <<EOF` and `RUN bash <<EOF`.
    private void heredocs(Instruction run) {
        for (Heredoc heredoc : run.heredocs()) {
            String before = run.text().substring(0, heredoc.opening()).strip();
            String program = before.substring(before.lastIndexOf('/') + 1);
            String reader =
                    program.contains(" ") ? program.substring(0, program.indexOf(' ')) : program;
            boolean isScript =
                    before.isEmpty()
                            ? !hasOtherInterpreter(heredoc.body())
                            : SHELLS.contains(reader);
            if (isScript) {
                script(heredoc.body(), offset -> placeIn(heredoc, offset), 0);
            }
        }
    }

    private static boolean hasOtherInterpreter(String body) {
        String first = body.substring(0, Math.max(0, body.indexOf('\n'))).strip();
        return first.startsWith("#!") && SHELLS.stream().noneMatch(first::endsWith);
    }

    private static Position placeIn(Heredoc heredoc, int offset) {
        String before = heredoc.body().substring(0, Math.min(offset, heredoc.body().length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Position(heredoc.firstLine() + line, before.length() - before.lastIndexOf('\n'));
    }

    private void script(String text, IntFunction<Position> places, int nesting) {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (ShellCommand command : ShellScript.of(text).commands()) {
            if (commands.size() >= MAX_COMMANDS) {
                return;
            }
            Map<String, String> sets = new HashMap<>();
            command.assignments().forEach(each -> sets.put(each.name(), each.value().text()));
            List<Argument> words =
                    command.words().stream()
                            .map(word -> new Argument(word.text(), word.expands()))
                            .toList();
            int pipeline = numbers.computeIfAbsent(command.pipeline(), key -> pipelines++);
            List<String> writesTo =
                    command.redirections().stream()
                            .filter(each -> each.operator().contains(">"))
                            .map(each -> each.target().text())
                            .toList();
            Position at = places.apply(command.offset());
            add(
                    words,
                    sets,
                    command.joint(),
                    pipeline,
                    writesTo,
                    at,
                    word -> places.apply(offset(command, word)),
                    nesting);
        }
    }

    private static int offset(ShellCommand command, int word) {
        List<ShellWord> words = command.words();
        return words.isEmpty()
                ? command.offset()
                : words.get(Math.min(word, words.size() - 1)).offset();
    }

    /// Adds a command and, where it starts another, that one behind it.
    private void add(
            List<Argument> words,
            Map<String, String> given,
            Joint joint,
            int pipeline,
            List<String> writesTo,
            Position at,
            IntFunction<Position> places,
            int nesting) {
        Map<String, String> sets = new HashMap<>(given);
        String program = words.isEmpty() ? "" : name(words.getFirst().text());
        List<Argument> arguments = words.isEmpty() ? List.of() : words.subList(1, words.size());
        if (program.equals("export") || program.equals("env") || program.equals("declare")) {
            arguments.forEach(argument -> set(argument.text(), sets));
        }
        commands.add(new BuildCommand(program, arguments, sets, joint, pipeline, writesTo, at));
        if (nesting >= MAX_NESTING || commands.size() >= MAX_COMMANDS) {
            return;
        }
        int script = scriptIndex(program, words);
        if (script > 0) {
            Position place = places.apply(script);
            script(words.get(script).text(), offset -> place, nesting + 1);
            return;
        }
        int inner = innerIndex(program, words);
        if (inner > 0) {
            add(
                    words.subList(inner, words.size()),
                    sets,
                    joint,
                    pipeline,
                    writesTo,
                    places.apply(inner),
                    word -> places.apply(word + inner),
                    nesting + 1);
        }
    }

    private static void set(String assignment, Map<String, String> sets) {
        int equals = assignment.indexOf('=');
        if (equals > 0) {
            sets.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
    }

    private static String name(String word) {
        String name = word.substring(word.lastIndexOf('/') + 1);
        return name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
    }

    /// Which word is the script of `sh -c script` or `su -c script`.
    private static int scriptIndex(String program, List<Argument> words) {
        boolean shell = SHELLS.contains(program);
        if (!shell && !program.equals("su")) {
            return -1;
        }
        for (int i = 1; i + 1 < words.size(); i++) {
            String word = words.get(i).text();
            boolean takesScript =
                    word.equals("-c")
                            || (shell
                                    && word.startsWith("-")
                                    && !word.startsWith("--")
                                    && word.endsWith("c"));
            if (takesScript) {
                return i + 1;
            }
            if (shell && !word.startsWith("-") && !words.get(i - 1).text().equals("-o")) {
                return -1;
            }
        }
        return -1;
    }

    /// Which word is the program that a wrapper starts; not positive where there is none.
    private static int innerIndex(String program, List<Argument> words) {
        Set<String> withValue = WRAPPERS.get(program);
        if (withValue == null) {
            return pythonModule(program, words);
        }
        int index = 1;
        while (index < words.size()) {
            String word = words.get(index).text();
            if (word.startsWith("-") && word.length() > 1) {
                index += withValue.contains(word) ? 2 : 1;
            } else if (word.indexOf('=') > 0 && !program.equals("xargs")) {
                index++;
            } else {
                break;
            }
        }
        index += WITH_OPERAND.contains(program) ? 1 : 0;
        return index < words.size() ? index : -1;
    }

    /// `python -m pip install` runs pip.
    private static int pythonModule(String program, List<Argument> words) {
        boolean python =
                program.startsWith("python") || program.equals("py") || program.startsWith("pypy");
        for (int i = 1; python && i + 1 < words.size(); i++) {
            if (words.get(i).text().equals("-m")) {
                return i + 1;
            }
            if (!words.get(i).text().startsWith("-")) {
                return -1;
            }
        }
        return -1;
    }
}
