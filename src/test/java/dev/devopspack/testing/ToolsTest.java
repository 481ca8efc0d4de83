package dev.devopspack.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/// The check on a clean checkout skips no test for want of a tool.
class ToolsTest {

    @Test
    void aMissingToolFailsWhereToolsAreRequiredAndSkipsElsewhere() {
        assertThrows(AssertionFailedError.class, () -> Tools.missing("no tool", true));
        assertThrows(TestAbortedException.class, () -> Tools.missing("no tool", false));
    }

    @Test
    void theCheckRequiresToolsAndCountsWhatWasSkipped() throws IOException {
        String check = Files.readString(Path.of(".ci/run"));
        String build = Files.readString(Path.of("pom.xml"));

        assertTrue(check.contains(" verify -Dtests.requireTools=true "));
        assertTrue(check.contains("npm ci --prefix src/test/node "));
        assertTrue(check.contains("grep -qv 'Skipped: 0$'"));
        assertTrue(check.contains("actionlint: nothing found in "));
        assertTrue(
                build.contains("<tests.requireTools>${tests.requireTools}</tests.requireTools>"));
    }
}
