package dev.devopspack.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.testing.Golden;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/// The proof as its reader runs it: no server, no data folder.
class ProveComplianceTest {

    @Test
    void everyControlThatCanBeJudgedTurnsWithItsViolation() {
        StringWriter out = new StringWriter();

        int exit = run(out, "prove-compliance");

        Golden.assertMatches("security/proof.txt", out.toString());
        assertEquals(ExitCode.OK, exit, out::toString);
    }

    @Test
    void anUnknownProfileIsRefused() {
        assertEquals(ExitCode.BAD_INPUT, run(new StringWriter(), "prove-compliance", "cis-asw"));
    }

    private static int run(StringWriter out, String... arguments) {
        return CommandLineInterface.execute(
                new NoServer(),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                arguments);
    }

    private static final class NoServer implements Local {

        @Override
        public int serve() {
            throw new IllegalStateException("nothing is served here");
        }

        @Override
        public int rehearse() {
            throw new IllegalStateException("nothing is served here");
        }

        @Override
        public Optional<URI> runningServer() {
            return Optional.empty();
        }

        @Override
        public Set<Path> changedSince(Path folder, String revision) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int with(ToIntFunction<Program> work) {
            throw new IllegalStateException("no data folder is opened here");
        }

        @Override
        public String rotateKey(Optional<Path> file, Duration wait, boolean compromised) {
            throw new AssertionError("no key is changed here");
        }

        @Override
        public Path dataFolder() {
            throw new IllegalStateException("there is no data folder here");
        }
    }
}
