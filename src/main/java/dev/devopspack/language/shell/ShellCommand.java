package dev.devopspack.language.shell;

import java.util.List;

/// One simple command: `A=1 apt-get install -y curl > log`.
///
/// @param assignments the words before the program that set variables for it
/// @param words the program and its arguments; empty where only variables are set
/// @param joint what stands between it and the command before
/// @param pipeline the same number for commands that are joined by pipes
/// @param depth how many subshells and substitutions it stands in
/// @param substituted whether its output becomes part of another command: `$(...)`, backquotes
/// @param redirections where its input comes from and its output goes
public record ShellCommand(
        List<Assignment> assignments,
        List<ShellWord> words,
        Joint joint,
        int pipeline,
        int depth,
        boolean substituted,
        List<Redirection> redirections) {

    public ShellCommand {
        assignments = List.copyOf(assignments);
        words = List.copyOf(words);
        redirections = List.copyOf(redirections);
    }

    /// What joins a command to the one before it.
    public enum Joint {
        /// The first of a script, a subshell or a block.
        START,
        /// `&&`
        AND,
        /// `||`
        OR,
        /// `;`, a new line
        SEQUENCE,
        /// `|`, `|&`
        PIPE,
        /// `&`
        BACKGROUND
    }

    /// @param name for example `DEBIAN_FRONTEND`
    public record Assignment(String name, ShellWord value) {}

    /// @param operator for example `>`, `2>&`, `<`
    public record Redirection(String operator, ShellWord target) {}

    /// The offset in the script at which it begins.
    public int offset() {
        return words.isEmpty()
                ? assignments.getFirst().value().offset()
                : words.getFirst().offset();
    }
}
