package dev.devopspack.command;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/// The program on this machine: its data folder and its server. Implemented where everything is put
/// together, because starting needs the database.
public interface Local {

    /// Runs the server until it is told to stop.
    ///
    /// @return the exit code
    int serve();

    /// Runs a server on a data folder of its own through what the first callers ask for, and throws
    /// the folder away.
    ///
    /// @return the exit code
    int rehearse();

    /// The server that owns the data folder, where one is running.
    Optional<URI> runningServer();

    /// Why there is nothing to read without a server: a data folder in which no server ever ran, an
    /// empty database. Looks, and makes nothing.
    Optional<String> nothingKept();

    /// Opens the data folder, runs the work with the program started but no port open, and stops.
    /// Makes it where it is missing: who only reads asks [#nothingKept] before.
    ///
    /// @return what the work returned
    int with(ToIntFunction<Program> work);

    /// The files around a folder that changed since a revision of its repository.
    ///
    /// @return real paths
    /// @throws dev.devopspack.task.InvalidInput where there is no repository or no such revision
    Set<Path> changedSince(Path folder, String revision);

    /// What Helm makes of a chart with the values that it brings.
    ///
    /// @param chart where the chart's files stand, by their names in it: nothing else is read
    /// @param kubernetes the release that it shall be for, for example `1.36.0`
    /// @return nothing where Helm is not installed
    Optional<Rendered> rendered(Map<String, Path> chart, String kubernetes);

    /// @param manifests all of them, each after a comment that says of which template it is
    /// @param problem why there are none; empty where there are
    record Rendered(String manifests, String problem) {}

    /// Makes a new key for grants in the key's file; servers that share it follow by themselves.
    ///
    /// @param file that the caller named
    /// @param wait how long until the new key signs
    /// @param compromised whether the key before counts no more at once
    /// @return what was done, for people to read
    String rotateKey(Optional<Path> file, Duration wait, boolean compromised);

    /// Where tokens for this machine's own use are kept.
    Path dataFolder();
}
