package dev.devopspack.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.testing.Golden;
import dev.devopspack.testing.NothingLocal;
import java.io.PrintWriter;
import java.io.StringWriter;
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
                new NothingLocal(),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                arguments);
    }
}
