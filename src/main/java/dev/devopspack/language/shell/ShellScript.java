package dev.devopspack.language.shell;

import java.util.List;

/// The commands of a script in the order of the text, those of subshells and substitutions among
/// them.
///
/// @param complete whether all of it was read: not where a quote or bracket stays open, nor where
///   the script is larger or deeper than is read
public record ShellScript(List<ShellCommand> commands, boolean complete) {

    public ShellScript {
        commands = List.copyOf(commands);
    }

    /// The commands of a POSIX or Bash script. Total: any text gives a result.
    public static ShellScript of(String text) {
        return new ShellParser(text).script();
    }
}
