package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkflowScanTest {

    private static final String GOOD =
            """
            name: CI
            on:
              pull_request:
              push:
                branches: [main]
            permissions: {}
            concurrency:
              group: ${{ github.workflow }}-${{ github.ref }}
              cancel-in-progress: true
            jobs:
              test:
                name: test
                runs-on: ubuntu-24.04
                timeout-minutes: 10
                permissions:
                  contents: read
                steps:
                  - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
                    with:
                      persist-credentials: false
                  - run: make "$BRANCH"
                    env:
                      BRANCH: ${{ github.head_ref }}
            """;

    @Test
    void goodWorkflowHasNoFinding() {
        ScanResult result = scan(GOOD);

        assertEquals(List.of(), texts(result));
        assertTrue(result.complete());
        assertTrue(result.tallies().size() >= 13, result.tallies().toString());
    }

    @Test
    void workflowIsKnownWhateverItsFileIsCalled() {
        String bad = GOOD.replace("make \"$BRANCH\"", "make \"${{ github.head_ref }}\"");

        assertEquals(
                List.of(
                        "DP-GHA-022 21: 'github.head_ref' is written by others and becomes part of"
                                + " a script"),
                texts(
                        new Scan(RuleCatalog.builtIn())
                                .of(Artifacts.of(Artifact.of("notes/anything.txt", bad)))));
    }

    @Test
    void triggerWithFullRightsWeighsWhatTheWorkflowDoesWithIt() {
        String labels = workflow("pull_request_target:", "uses: actions/labeler@v5");
        String byMaintainer = workflow("pull_request_target: {types: [labeled]}", "run: make");
        String script = workflow("pull_request_target:", "run: gh pr edit --add-label new");
        String fetches = workflow("pull_request_target:", "run: gh pr checkout 1 && make");
        String artifact =
                workflow("workflow_run: {workflows: [CI]}", "run: gh run download \"$RUN\"");
        String api =
                workflow(
                        "workflow_run: {workflows: [CI]}",
                        "run: gh api ${{ github.event.workflow_run.artifacts_url }} > list.json");
        String own = workflow("pull_request:", "run: gh pr checkout 1 && make");

        assertEquals(
                List.of("LOW", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH", ""),
                List.of(labels, byMaintainer, script, fetches, artifact, api, own).stream()
                        .map(WorkflowScanTest::severityOfTrigger)
                        .toList());
    }

    private static String workflow(String trigger, String step) {
        return """
        on:
          %s
        jobs:
          build:
            runs-on: ubuntu-24.04
            steps:
              - %s
        """
                .formatted(trigger, step);
    }

    private static String severityOfTrigger(String workflow) {
        return scan(workflow).open().stream()
                .filter(each ->
                        List.of("DP-GHA-018", "DP-GHA-077", "DP-GHA-078").contains(each.rule()))
                .map(each -> each.severity().name())
                .collect(Collectors.joining(","));
    }

    @Test
    void testsThatRunForEveryTagAreNoRelease() {
        String everyTag = "push: {tags: ['**']}";
        String cached = "{uses: actions/cache@v4, with: {path: a, key: b}}";
        String tests = workflow("pull_request:\n  " + everyTag, cached);
        String onlyTags = workflow(everyTag, cached);
        String versions = workflow("pull_request:\n  push: {tags: ['v*']}", cached);
        String publishes = tests + "      - run: twine upload dist/*\n";

        assertEquals(
                List.of(false, true, true, true),
                List.of(tests, onlyTags, versions, publishes).stream()
                        .map(each ->
                                scan(each).open().stream()
                                        .anyMatch(found -> found.rule().equals("DP-GHA-043")))
                        .toList());
    }

    @Test
    void jobThatIsSwitchedOffHidesNothing() {
        String off = GOOD.replace("    runs-on", "    if: false\n    runs-on");

        assertEquals(
                List.of(),
                scan(off).open().stream().map(Finding::rule).filter("DP-GHA-030"::equals).toList());
    }

    @Test
    void commentOfZizmorCoversTheStepItStandsAt() {
        String bad =
                GOOD.replace(
                        "@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
                        "@v4 # zizmor: ignore[unpinned-uses] mirrored");

        ScanResult result = scan(bad);

        assertEquals(1, result.findings().size());
        assertEquals(List.of(), result.open());
        assertEquals("mirrored", result.suppressions().getFirst().reason());
    }

    @Test
    void commentOfZizmorForAnotherAuditCoversNothing() {
        String bad =
                GOOD.replace(
                        "@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
                        "@v4 # zizmor: ignore[artipacked]");

        assertEquals(1, scan(bad).open().size());
    }

    @Test
    void brokenWorkflowIsAFindingAndUnreadable() {
        ScanResult result = scan(GOOD.replace("name: test", "name: test: a"));

        assertFalse(result.complete());
        assertEquals(
                List.of(
                        "DP-GHA-060 12: the YAML cannot be read: mapping values are not allowed here"),
                texts(result));
    }

    @Test
    void imageFromTheMatrixIsJudgedByItsValues() {
        String job =
                """
                  db:
                    name: db
                    runs-on: ubuntu-24.04
                    permissions: {}
                    strategy:
                      matrix:
                        image: ['postgres:17@sha256:%s', '%s']
                    container: ${{ matrix.image }}
                    steps:
                      - run: make
                """;

        assertEquals(
                List.of(),
                texts(
                        scan(
                                GOOD
                                        + job.formatted(
                                                "0b".repeat(32),
                                                "mysql:9@sha256:" + "1c".repeat(32)))));
        assertEquals(
                List.of("DP-GHA-004 31: the image '${{ matrix.image }}' has no version"),
                texts(scan(GOOD + job.formatted("0b".repeat(32), "mysql"))));
    }

    private static ScanResult scan(String text) {
        return new Scan(RuleCatalog.builtIn())
                .of(Artifacts.of(Artifact.of(".github/workflows/ci.yml", text)));
    }

    private static List<String> texts(ScanResult result) {
        TreeMap<String, String> texts = new TreeMap<>();
        result.findings()
                .forEach(f ->
                        texts.put(
                                f.rule() + " " + f.line() + ": " + f.message(),
                                f.rule() + " " + f.line() + ": " + f.message()));
        return List.copyOf(texts.values());
    }
}
