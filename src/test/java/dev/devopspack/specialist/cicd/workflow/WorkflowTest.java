package dev.devopspack.specialist.cicd.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class WorkflowTest {

    private static final Action CHECKOUT = ActionTable.shipped().get("actions/checkout");

    @Test
    void aWorkflowIsWrittenInTheOrderInWhichPeopleReadOne() {
        Job job =
                Job.of("deploy", "Deploy")
                        .comment("One after another")
                        .when("github.event_name == 'push'")
                        .permissions(Permissions.READ_FILES)
                        .environment("production")
                        .concurrency(Concurrency.waiting(Value.text("deploy-production")))
                        .minutes(5)
                        .output("digest", Value.stepOutput("built", "digest"))
                        .env("ON", Value.text("on"))
                        .step(
                                Step.use(
                                        "Check out",
                                        CHECKOUT,
                                        Map.of("fetch-depth", new Value.Whole(0))))
                        .step(
                                Step.run("Say", "echo \"$WHO\"\necho done\n")
                                        .id("built")
                                        .in("apps/web")
                                        .env("WHO", Value.expression("github.actor")))
                        .build();
        Workflow workflow =
                new Workflow(
                        List.of("Ours"),
                        "Pipeline",
                        null,
                        List.of(new Trigger.Push(List.of("main"))),
                        null,
                        List.of(job));

        assertEquals(
                """
                # Ours
                name: Pipeline

                "on":
                  push:
                    branches: [main]

                # Nothing, but what a job asks for.
                permissions: {}

                # Ends at the first command that fails, also inside a pipe.
                defaults:
                  run:
                    shell: bash

                jobs:
                  # One after another
                  deploy:
                    name: Deploy
                    runs-on: ubuntu-24.04
                    if: ${{ github.event_name == 'push' }}
                    permissions:
                      contents: read # checks out the files
                    environment: production
                    concurrency:
                      group: deploy-production
                      cancel-in-progress: false
                    timeout-minutes: 5
                    outputs:
                      digest: ${{ steps.built.outputs.digest }}
                    env:
                      "ON": "on"
                    steps:
                      - name: Check out
                        uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
                        with:
                          fetch-depth: 0
                      - name: Say
                        id: built
                        working-directory: apps/web
                        env:
                          WHO: ${{ github.actor }}
                        run: |
                          echo "$WHO"
                          echo done
                """,
                workflow.written());
    }

    @Test
    void aDeploymentThatAnotherRunCouldEndCannotBeSaid() {
        Concurrency ending = new Concurrency(Value.text("deploy"), new Value.Flag(true));

        refused(() -> deployment().build());
        refused(() -> deployment().concurrency(ending).build());
        refused(() ->
                deployment()
                        .concurrency(
                                new Concurrency(Value.text("deploy"), Value.expression("inputs.x")))
                        .build());
    }

    private static Job.Builder deployment() {
        return Job.of("deploy", "Deploy")
                .environment("production")
                .minutes(5)
                .step(Step.run("Say", "true"));
    }

    @Test
    void anExpressionStandsNowhereButWhereOneIsMeant() {
        refused(() -> Value.text("${{ secrets.TOKEN }}"));
        refused(() -> Step.run("Say", "echo ${{ github.event.issue.title }}"));
        refused(() -> Step.run("${{ github.actor }}", "true"));
        refused(() -> Value.expression("github.actor }} ${{ secrets.TOKEN"));
        refused(() -> Value.variable("A }} ${{ B"));
        refused(() -> Value.stepOutput("a.b", "c"));
        refused(() -> Step.run("Say", "true").env("a", Value.text("b")));
        refused(() -> new JobId("a b"));
        refused(() -> Value.text("a\u202Eb"));
        refused(() -> Step.run("Say", "echo \u001B[2J"));
    }

    @Test
    void aStepPassesOnlyInputsThatTheActionHas() {
        Action action = new Action("a/b", "v1", "0".repeat(40), Map.of("must", true, "may", false));

        refused(() -> Step.use("Use", action, Map.of()));
        refused(() ->
                Step.use("Use", action, Map.of("must", Value.text("x"), "other", Value.text("y"))));
        assertEquals(
                Map.of("must", Value.text("x")),
                ((Step.Work.Use) Step.use("Use", action, Map.of("must", Value.text("x"))).work())
                        .with());
    }

    @Test
    void anActionIsPinnedToAFullCommitOrNotAtAll() {
        refused(() -> new Action("actions/checkout", "v7", "main", Map.of()));
        refused(() -> new Action("actions/checkout", "v7", "3d3c42e", Map.of()));
        refused(() -> new Action("actions/checkout", "v7 # x", "0".repeat(40), Map.of()));
        refused(() -> new Action("./local", "v1", "0".repeat(40), Map.of()));
        refused(() -> ActionTable.shipped().get("actions/unknown"));
        refused(() ->
                ActionTable.read(
                        """
                        as_of: 2026-01-31
                        actions:
                          a/b:
                            version: v1
                            sha: v1
                            inputs: []
                        tools: {}
                        """
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aToolOfTheShippedTableStandsAtOneVersion() {
        ActionTable table = ActionTable.shipped();

        table.tools()
                .forEach((name, version) ->
                        assertTrue(
                                version.matches(
                                        "v?\\d+\\.\\d+\\.\\d+|[a-z/]+:v[0-9.]+@sha256:[0-9a-f]{64}"),
                                () -> name + " " + version));
        assertTrue(table.tools().containsKey("kubectl"));
        refused(() -> table.version("unknown"));
    }

    @Test
    void theShippedTableIsWholeAndDated() {
        ActionTable table = ActionTable.shipped();

        assertTrue(table.asOf().getYear() >= 2026);
        assertEquals(
                table.actions().keySet(),
                Map.copyOf(table.actions()).values().stream()
                        .map(Action::name)
                        .collect(Collectors.toSet()));
        table.actions()
                .values()
                .forEach(action ->
                        assertTrue(action.reference().matches(".+@[0-9a-f]{40}"), action.name()));
    }

    @Test
    void jobsStandOnceAndAfterThoseThatTheyNeed() {
        Job first = Job.of("a", "A").minutes(1).step(Step.run("Say", "true")).build();
        Job second =
                Job.of("b", "B")
                        .needs(List.of(first.id()))
                        .minutes(1)
                        .step(Step.run("Say", "true"))
                        .build();

        refused(() -> workflow(second, first));
        refused(() -> workflow(first, first));
        assertEquals(2, workflow(first, second).jobs().size());
        refused(() -> Job.of("a", "A").minutes(1).build());
        refused(() -> Job.of("a", "A").minutes(0).step(Step.run("Say", "true")).build());
        refused(() -> Job.of("a", "A").minutes(361).step(Step.run("Say", "true")).build());
    }

    private static Workflow workflow(Job... jobs) {
        return new Workflow(
                List.of(),
                "Pipeline",
                null,
                List.of(new Trigger.Push(List.of("main"))),
                null,
                List.of(jobs));
    }

    private static void refused(Executable attempt) {
        assertThrows(IllegalArgumentException.class, attempt);
    }
}
