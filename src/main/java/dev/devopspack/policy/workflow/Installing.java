package dev.devopspack.policy.workflow;

import dev.devopspack.policy.workflow.ScriptCommands.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Commands that install packages by name, past the project's lock file.
final class Installing {

    private static final Map<String, Set<String>> VERBS =
            Map.of(
                    "gem", Set.of("install", "i"),
                    "npm", Set.of("install", "i", "add", "in", "ins", "isntall"),
                    "pnpm", Set.of("add"),
                    "yarn", Set.of("add"),
                    "bun", Set.of("add"));

    /// Options that take the word behind them.
    private static final Set<String> WITH_VALUE =
            Set.of(
                    "--prefix",
                    "--registry",
                    "--workspace",
                    "-w",
                    "--cache",
                    "--loglevel",
                    "--omit",
                    "--include",
                    "--tag",
                    "--cwd",
                    "--dir",
                    "-C",
                    "--filter",
                    "-F",
                    "--userconfig",
                    "--platform",
                    "--bindir",
                    "--install-dir",
                    "--source",
                    "-s",
                    "--version",
                    "-v");

    private Installing() {}

    /// The packages that the command names; none where it installs what the project locks.
    static List<String> packages(Command command) {
        Set<String> verbs = VERBS.get(command.program().replace(".cmd", ""));
        if (verbs == null) {
            return List.of();
        }
        List<String> packages = new ArrayList<>();
        boolean inVerb = false;
        List<String> words = command.words();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (word.startsWith("-")) {
                continue;
            } else if (!inVerb) {
                if (!verbs.contains(word) && !word.equals("global")) {
                    return List.of();
                }
                inVerb = !word.equals("global");
            } else if (isPackage(word)) {
                packages.add(word);
            }
        }
        return packages;
    }

    /// Folders and archives that are there already are none.
    private static boolean isPackage(String word) {
        return !word.startsWith(".")
                && !word.startsWith("/")
                && !word.startsWith("~")
                && !word.startsWith("$")
                && !word.startsWith(">")
                && !word.startsWith("<")
                && !word.contains(">")
                && !word.endsWith(".tgz")
                && !word.endsWith(".gem");
    }
}
