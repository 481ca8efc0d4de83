package dev.devopspack.command;

import dev.devopspack.adapter.keys.KeyRotation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Runs commands on a machine on which the tested server runs.
///
/// @param port the server's
/// @param data the data folder, in which the printed token is looked for
record CommandsAtServer(int port, Path data) {

    /// What a command came to.
    record Said(int exitCode, String out, String err) {}

    Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                CommandLineInterface.execute(
                        new Running(), new PrintWriter(out), new PrintWriter(err), arguments);
        return new Said(exitCode, out.toString(), err.toString());
    }

    private final class Running implements Local {

        @Override
        public int serve() {
            throw new AssertionError("it serves already");
        }

        @Override
        public int rehearse() {
            throw new AssertionError("it serves already");
        }

        @Override
        public Optional<URI> runningServer() {
            return Optional.of(URI.create("http://localhost:" + port));
        }

        @Override
        public Optional<Rendered> rendered(Map<String, Path> chart, String kubernetes) {
            return Optional.empty();
        }

        @Override
        public Set<Path> changedSince(Path folder, String revision) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> nothingKept() {
            throw new AssertionError("a server runs");
        }

        @Override
        public int with(ToIntFunction<Program> work) {
            throw new AssertionError("a server runs");
        }

        @Override
        public String rotateKey(Optional<Path> file, Duration wait, boolean compromised) {
            return KeyRotation.rotate(data, file, wait, compromised, Clock.systemUTC());
        }

        @Override
        public Path dataFolder() {
            return data;
        }
    }
}
