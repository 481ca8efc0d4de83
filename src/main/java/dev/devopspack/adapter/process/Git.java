package dev.devopspack.adapter.process;

import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks git, where it is installed, which files changed. It only reads: nothing is fetched, written
/// or checked out, and no hook or program that a repository names is started.
public final class Git {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    /// The names of all files of a very large repository.
    private static final int OUTPUT_LIMIT_BYTES = 32 * 1_024 * 1_024;

    /// Names of branches, tags and commits with `~1` and the like; none begins with a dash, which
    /// git would read as an option.
    private static final Pattern REVISION =
            Pattern.compile("[A-Za-z0-9_@][A-Za-z0-9_@./~^{}+-]{0,250}");

    private final Map<String, String> environment;

    /// @param environment of this process, of which git gets what it needs to be found and to know
    ///   its user's own settings
    public Git(Map<String, String> environment) {
        Map<String, String> kept = new HashMap<>();
        for (String name :
                List.of("PATH", "HOME", "XDG_CONFIG_HOME", "SYSTEMROOT", "USERPROFILE")) {
            String value = environment.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        kept.put("LC_ALL", "C");
        kept.put("GIT_TERMINAL_PROMPT", "0");
        kept.put("GIT_OPTIONAL_LOCKS", "0");
        this.environment = Map.copyOf(kept);
    }

    /// The files of the repository around a folder that were added or changed since the revision
    /// parted from what is checked out, those that are not committed or not known to git included.
    ///
    /// @param folder in the working tree of a repository
    /// @return real paths
    /// @throws InvalidInput where there is no git, no repository or no such revision
    public Set<Path> changedSince(Path folder, String revision) {
        if (!REVISION.matcher(revision).matches()) {
            throw new InvalidInput(
                    "--changed-since",
                    "'" + revision + "' is no revision",
                    "Name a branch, a tag or a commit, for example origin/main.");
        }
        Path top = Path.of(line(folder, "rev-parse", "--show-toplevel"));
        String commit =
                tried(
                        top,
                        "rev-parse",
                        "--verify",
                        "--quiet",
                        "--end-of-options",
                        revision + "^{commit}");
        if (commit == null) {
            throw new InvalidInput(
                    "--changed-since",
                    "the repository " + top + " does not know '" + revision + "'",
                    "Fetch it first; a pipeline's checkout often holds one commit alone"
                            + " (fetch-depth: 0 takes all).");
        }
        String parted = tried(top, "merge-base", commit.strip(), "HEAD");
        String from = (parted == null ? commit : parted).strip();
        Set<Path> changed = new HashSet<>();
        List<String> names = new ArrayList<>();
        names.addAll(
                names(
                        output(
                                top,
                                "diff",
                                "--name-only",
                                "-z",
                                "--no-renames",
                                "--no-ext-diff",
                                "--no-textconv",
                                "--diff-filter=d",
                                from,
                                "--")));
        names.addAll(names(output(top, "ls-files", "--others", "--exclude-standard", "-z")));
        for (String name : names) {
            Path file = top.resolve(name);
            if (Files.isRegularFile(file)) {
                changed.add(real(file));
            }
        }
        return changed;
    }

    private static List<String> names(String output) {
        return List.of(output.split("\0")).stream().filter(name -> !name.isEmpty()).toList();
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(Path folder, String... arguments) {
        return output(folder, arguments).strip();
    }

    private String output(Path folder, String... arguments) {
        return switch (run(folder, arguments)) {
            case OutsideResult.Finished(int code, String output, String _) when code == 0 -> output;
            case OutsideResult.Finished(int _, String _, String errors) ->
                    throw new InvalidInput(
                            "--changed-since",
                            "git says of " + folder + ": " + errors.lines().findFirst().orElse(""),
                            "Scan a folder of a git repository.");
            case OutsideResult.Stopped(String why) ->
                    throw new InvalidInput(
                            "--changed-since", "git was stopped: " + why, "Scan a smaller part.");
            case OutsideResult.NotStarted(String _) ->
                    throw new InvalidInput(
                            "--changed-since", "there is no git on the PATH", "Install git.");
        };
    }

    /// @return null where git has no answer
    private @Nullable String tried(Path folder, String... arguments) {
        return run(folder, arguments)
                                instanceof OutsideResult.Finished(int code, String output, String _)
                        && code == 0
                ? output
                : null;
    }

    private OutsideResult run(Path folder, String... arguments) {
        Path program = OnPath.find(environment.getOrDefault("PATH", ""), "git").orElse(null);
        if (program == null) {
            return new OutsideResult.NotStarted("it is not on the PATH");
        }
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "-c",
                                "core.fsmonitor=false",
                                "-c",
                                "core.hooksPath=/dev/null"));
        command.addAll(List.of(arguments));
        return OutsideProcess.run(
                new OutsideCommand(command, folder, environment, TIME_LIMIT, OUTPUT_LIMIT_BYTES));
    }
}
