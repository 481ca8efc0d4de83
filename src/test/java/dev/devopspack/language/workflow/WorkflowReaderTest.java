package dev.devopspack.language.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowReaderTest {

    @Test
    void modelHoldsWhatTheFileSays() {
        Workflow workflow =
                workflow(
                        """
                        name: CI
                        on:
                          push:
                            branches: [main]
                          pull_request:
                            types: [opened]
                        permissions:
                          contents: read
                        jobs:
                          build:
                            runs-on: [self-hosted, linux]
                            environment:
                              name: production
                            container: node:22
                            steps:
                              - uses: Actions/Checkout@v4 # pinned soon
                              - id: test
                                run: make ${{ github.sha }}
                                shell: bash
                        """);

        assertEquals(List.of(), problems(workflow));
        assertEquals(
                List.of(
                        new Trigger(
                                "push",
                                workflow.triggers().get(0).span(),
                                List.of(),
                                Map.of("branches", List.of("main"))),
                        new Trigger(
                                "pull_request",
                                workflow.triggers().get(1).span(),
                                List.of("opened"),
                                Map.of())),
                workflow.triggers());
        Job job = workflow.jobs().getFirst();
        assertEquals(List.of("self-hosted", "linux"), job.labels());
        assertEquals(Optional.of("production"), job.environment());
        assertEquals("node:22", job.images().getFirst().image());
        ActionReference checkout = job.steps().getFirst().uses().orElseThrow();
        assertEquals("actions/checkout", checkout.name());
        assertEquals(Optional.of("v4"), checkout.ref());
        assertEquals(Optional.of("pinned soon"), checkout.comment());
        assertEquals(16, checkout.span().line());
        ExpressionUse use = workflow.expressions().getFirst();
        assertEquals(" github.sha ", use.text());
        assertEquals(18, use.span().line());
        assertEquals(19, use.span().column());
    }

    @Test
    void placeOfAnExpressionIsExactInEveryKindOfScalar() {
        Workflow workflow =
                workflow(
                        """
                        on: push
                        jobs:
                          a:
                            runs-on: ubuntu-latest
                            steps:
                              - run: |
                                  echo 'one'

                                  echo ${{ github.x1 }}
                              - run: >-
                                  echo
                                  ${{ github.x2 }}
                              - run: "echo \\"a\\" ${{ github.x3 }}"
                              - run: 'it''s ${{ github.x4 }}'
                        """);

        assertEquals(
                List.of("9:20", "12:15", "13:30", "14:25"),
                workflow.problems().stream()
                        .map(p -> p.span().line() + ":" + p.span().column())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on: push\njobs: {}\n---\n" + "2:7 [syntax] 'jobs' is empty; remove it or fill it",
                "on: pushh\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: a}]}}\n---\n"
                        + "1:5 [event] there is no event 'pushh'; did you mean 'push'?",
                "on: {push: {branches: [a], branches-ignore: [b]}}\n"
                        + "jobs: {a: {runs-on: ubuntu-latest, steps: [{run: a}]}}\n---\n"
                        + "1:28 [event] the event 'push' has both 'branches' and 'branches-ignore';"
                        + " write what is left out under 'branches' with '!' before it",
                "on: push\njobs: {a: {runs-on: ubuntu-latest, step: [{run: a}]}}\n---\n"
                        + "2:36 [syntax] a job has no key 'step'; did you mean 'steps'?\n"
                        + "2:8 [syntax] the job 'a' has no 'steps'",
                "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{name: a}]}}\n---\n"
                        + "2:44 [syntax] the step has neither 'run' nor 'uses'",
                "on: push\njobs: {a: {runs-on: ubuntu-latest, needs: b, steps: [{run: a}]}}\n---\n"
                        + "2:43 [needs] there is no job 'b' to wait for",
                "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: a, id: x}, {run: b,"
                        + " id: X}]}}\n---\n"
                        + "2:74 [id] two steps of the job have the id 'X'",
                "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo"
                        + " ::set-output name=a::b'}]}}\n---\n"
                        + "2:56 [deprecated-command] the command '::set-output' is switched off;"
                        + " write 'name=value' to \"$GITHUB_OUTPUT\"",
                "on: push\njobs: {a: {runs-on: windows-latest, steps: [{run: a, shell: sh}]}}\n---\n"
                        + "2:61 [shell] the runner 'windows-latest' has no shell 'sh'; take bash or"
                        + " pwsh",
                "on: push\njobs: {a: {runs-on: ubuntu-lastest, steps: [{run: a}]}}\n---\n"
                        + "2:21 [runner] GitHub has no runner 'ubuntu-lastest'; did you mean"
                        + " 'ubuntu-latest'?",
                "on: push\nenv: {'A B': c}\n"
                        + "jobs: {a: {runs-on: ubuntu-latest, steps: [{run: a}]}}\n---\n"
                        + "2:7 [env-name] 'A B' is no name of a variable; it has no '=', '&' or"
                        + " space",
                "on: push\njobs: {a: {runs-on: ubuntu-latest, env: {A: '${{ env.B }}'}, steps:"
                        + " [{run: a}]}}\n---\n"
                        + "2:50 [expression] the context 'env' is not there in 'jobs.<job>.env';"
                        + " there are github, inputs, matrix, needs, secrets, strategy, vars",
                "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'a ${{ b'}]}}\n---\n"
                        + "2:53 [expression] '${{' has no '}}'",
            })
    void saysWhatGithubRefusesAndWhere(String example) {
        String[] parts = example.split("---\n");

        assertEquals(parts[1], String.join("\n", problems(workflow(parts[0]))));
    }

    @Test
    void callOfAWorkflowInTheSameRepositoryIsCheckedAgainstIt() {
        Map<String, String> texts = new TreeMap<>();
        texts.put(
                ".github/workflows/called.yml",
                """
                on:
                  workflow_call:
                    inputs:
                      target: {type: string, required: true}
                      count: {type: number}
                    outputs:
                      digest: {value: a}
                jobs: {a: {runs-on: ubuntu-latest, steps: [{run: a}]}}
                """);
        texts.put(
                "ci.yml",
                """
                on: push
                jobs:
                  call:
                    uses: ./.github/workflows/called.yml
                    with:
                      count: many
                      targets: a
                  after:
                    needs: call
                    runs-on: ubuntu-latest
                    steps:
                      - run: echo ${{ needs.call.outputs.digests }}
                """);

        GithubFiles.Read read =
                new GithubFiles(texts).read("ci.yml", texts.get("ci.yml")).orElseThrow();

        assertEquals(
                List.of(
                        "6:14 [call] the input 'count' is a number, not 'many'",
                        "7:7 [call] the workflow has no input 'targets'; did you mean 'target'?",
                        "4:11 [call] the workflow needs the input 'target'",
                        "12:23 [expression] 'needs.call.outputs' has no 'digests'; did you mean"
                                + " 'digest'?"),
                problems(assertInstanceOf(GithubFiles.Read.OfWorkflow.class, read).workflow()));
    }

    @Test
    void outputsOfALocalActionAreKnown() {
        Map<String, String> texts = new TreeMap<>();
        texts.put(
                "tools/build/action.yml",
                "name: a\ndescription: b\ninputs:\n  level:\n    required: true\noutputs:\n"
                        + "  path: {value: x}\nruns: {using: composite, steps: [{run: a, shell: bash}]}\n");
        texts.put(
                "ci.yml",
                "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
                        + "      - uses: ./tools/build\n        id: b\n"
                        + "      - run: cat ${{ steps.b.outputs.paths }}\n");

        GithubFiles.Read read =
                new GithubFiles(texts).read("ci.yml", texts.get("ci.yml")).orElseThrow();

        assertEquals(
                List.of(
                        "6:15 [action] the action './tools/build' needs the input 'level'",
                        "8:22 [expression] 'steps.b.outputs' has no 'paths'; did you mean 'path'?"),
                problems(assertInstanceOf(GithubFiles.Read.OfWorkflow.class, read).workflow()));
    }

    @Test
    void portsOfServicesAndComputedContainersAreTaken() {
        Workflow workflow =
                workflow(
                        """
                        on: pull_request_review
                        jobs:
                          a:
                            runs-on: ubuntu-latest
                            container: ${{ fromJSON('{"image":"node:22"}') }}
                            services:
                              db:
                                image: postgres:17
                                env: {URL: '${{ env.URL }}'}
                            steps:
                              - run: echo ${{ job.services.db.ports[5432] }}
                        """);

        assertEquals(List.of(), problems(workflow));
    }

    @Test
    void filesAreKnownByWhatStandsInThem() {
        assertTrue(read("kind: Deployment\nmetadata: {name: a}\n").isEmpty());
        assertTrue(read("services: {a: {image: b}}\n").isEmpty());
        assertInstanceOf(
                GithubFiles.Read.OfAction.class,
                read("name: a\nruns:\n  using: node24\n  main: a.js\n").orElseThrow());
        assertInstanceOf(
                GithubFiles.Read.OfDependabot.class,
                read("version: 2\nupdates: []\n").orElseThrow());
        assertInstanceOf(
                GithubFiles.Read.Broken.class, read("on: push\njobs:\n  a: b: c\n").orElseThrow());
    }

    @Test
    void aConditionBehindMoreTextThanIsLookedAtIsLeftOut() {
        StringBuilder text = new StringBuilder("on: push\nenv:\n  A: &long ");
        text.append("x".repeat(300_000)).append('\n');
        for (int i = 0; i < 100; i++) {
            text.append("  A%d: *long\n".formatted(i));
        }
        text.append("jobs:\n  a:\n    if: ${{ github.actor }}\n    runs-on: ubuntu-latest\n");
        text.append("    steps: [{run: make}]\n");

        Workflow workflow = workflow(text.toString());

        assertEquals(List.of(), problems(workflow));
        assertEquals(List.of(), workflow.expressions());
    }

    @Test
    void manyAliasesOfOneLongTextCostNoTime() {
        StringBuilder text = new StringBuilder("on: push\nenv:\n  A: &a '");
        text.append("${{ github.sha }}".repeat(20_000)).append("'\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("  V").append(i).append(": *a\n");
        }
        text.append("jobs: {a: {runs-on: ubuntu-latest, steps: [{run: a}]}}\n");

        assertTrue(workflow(text.toString()).expressions().size() < 2_000_000);
    }

    private static Optional<GithubFiles.Read> read(String text) {
        return new GithubFiles(Map.of("a.yml", text)).read("a.yml", text);
    }

    private static Workflow workflow(String text) {
        return assertInstanceOf(GithubFiles.Read.OfWorkflow.class, read(text).orElseThrow())
                .workflow();
    }

    private static List<String> problems(Workflow workflow) {
        return workflow.problems().stream()
                .map(p ->
                        p.span().line()
                                + ":"
                                + p.span().column()
                                + " ["
                                + p.kind().label()
                                + "] "
                                + p.message())
                .toList();
    }
}
