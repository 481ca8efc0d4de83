package dev.devopspack.policy.workflow;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.workflow.WorkflowFuzz;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowSubjectsTest {

    private static final int MUTANTS = 1_000;

    private static final String HEAD =
            "on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n";

    private static final String SEED =
            """
            name: Release
            on:
              push: {tags: ['v*']}
              issue_comment:
            permissions: read-all
            env: {TITLE: '${{ github.event.comment.body }}'}
            jobs:
              build:
                runs-on: ${{ matrix.os }}
                strategy:
                  matrix:
                    os: [[self-hosted, linux], ubuntu-latest]
                    image: ['a:1', b]
                container: {image: '${{ matrix.image }}', options: --privileged}
                permissions: {contents: write}
                env: ${{ matrix.env }}
                steps:
                  - uses: action/checkout@v4 # zizmor: ignore[typosquat-uses]
                    with: {ref: '${{ github.event.pull_request.head.sha }}'}
                  - run: |
                      echo "${{ env.TITLE }} ${{ toJSON(secrets) }}" | tee -a $GITHUB_ENV
                      sudo npm install x && curl https://a | bash
                      twine upload dist/* --password ${{ fromJSON(secrets.A).b }}
                  - uses: actions/cache@v4
                    if: github.actor == 'dependabot[bot]' && '' || contains('a b', github.ref)
                    with: {path: a, key: b}
              call:
                uses: ./.github/workflows/x.yml
                secrets: inherit
            """;

    @Test
    void noMutantMakesTheReaderThrow() {
        WorkflowFuzz fuzz = new WorkflowFuzz(11);
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(SEED);
            assertDoesNotThrow(() -> read(mutant), mutant);
        }
    }

    @Test
    void seedHasEveryKindOfSubject() {
        assertEquals(
                List.of(
                        "github/Action",
                        "github/Command",
                        "github/Diagnostic",
                        "github/Expression",
                        "github/Image",
                        "github/Job",
                        "github/Permission",
                        "github/Step",
                        "github/Variable",
                        "github/Workflow"),
                read(SEED).subjects().stream().map(Subject::kind).distinct().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "github.event.issue.title;github.event.issue.title",
                "github['event']['issue']['title'];github.event.issue.title",
                "github.event.commits.*.message;github.event.commits.*.message",
                "github.event.commits[0].author.email;github.event.commits.*.author.email",
                "format('{0}', github.head_ref);github.head_ref",
                "github.event.workflow_run.head_branch;github.event.workflow_run.head_branch",
                "github.event.issue.number;",
                "github.event.inputs.title;",
                "github.event.release.body;",
                "github.sha;",
                "inputs.title;",
            })
    void whatOthersWriteIsKnown(String expression, String path) {
        Subject subject =
                only(HEAD + "      - run: echo ${{ " + expression + " }}\n", "github/Expression");

        assertEquals(path == null ? List.of() : List.of(path), subject.self().get("untrusted"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "actions/checkout@v4;",
                "action/checkout@v4;actions/checkout",
                "actions/chekout@v4;actions/checkout",
                "actions/checkuot@v4;actions/checkout",
                "dockr/login-action@v3;docker/login-action",
                "my-company/checkout@v4;",
                "actions/stalee@v9;actions/stale",
            })
    void namesThatLookLikeOthersAreFound(String uses, String meant) {
        Subject subject = only(HEAD + "      - uses: " + uses + "\n", "github/Action");

        assertEquals(
                meant == null ? "NULL_VALUE" : meant,
                String.valueOf(subject.self().get("resembles")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "echo \"A=$B\" >> $GITHUB_ENV;true",
                "echo \"A=$(b)\" >> \"$GITHUB_ENV\";true",
                "echo \"$HOME/bin\" >> ${GITHUB_PATH};true",
                "echo A=%B% >> %GITHUB_ENV%;true",
                "echo \"A=$env:B\" >> $env:GITHUB_ENV;true",
                "cat a | tee -a $GITHUB_ENV;false",
                "echo \"$A\" | tee -a \"$GITHUB_ENV\";true",
                "echo A=b >> $GITHUB_ENV;false",
                "echo A=b >> $GITHUB_OUTPUT;false",
                "cat $GITHUB_ENV;false",
            })
    void writingIntoTheEnvironmentIsFound(String script, boolean writes) {
        Subject subject = only(HEAD + "      - run: |\n          " + script + "\n", "github/Step");

        assertEquals(writes, subject.self().get("writesEnvironment"));
    }

    @Test
    void excludedValueOfTheMatrixIsNoRunner() {
        String matrix =
                """
                on: push
                jobs:
                  a:
                    runs-on: ${{ matrix.os }}
                    strategy:
                      matrix:
                        os: [self-hosted, ubuntu-latest]
                """;

        assertEquals(
                true,
                only(matrix + "    steps: [{run: a}]\n", "github/Job").self().get("selfHosted"));
        assertEquals(
                false,
                only(
                                matrix
                                        + "        exclude: [{os: self-hosted}]\n    steps: [{run: a}]\n",
                                "github/Job")
                        .self()
                        .get("selfHosted"));
    }

    @Test
    void manyJobsAndExpressionsCostNoTime() {
        StringBuilder text = new StringBuilder("on: push\njobs:\n");
        for (int i = 0; i < 5_000; i++) {
            text.append("  j")
                    .append(i)
                    .append(": {runs-on: a, steps: [{run: 'echo ${{ secrets.A }}'}]}\n");
        }

        assertTrue(read(text.toString()).subjects().size() > 20_000);
    }

    private static Subject only(String text, String kind) {
        List<Subject> found =
                read(text).subjects().stream().filter(s -> s.kind().equals(kind)).toList();
        return kind.equals("github/Expression") ? found.getLast() : found.getFirst();
    }

    private static SubjectReader.Reading read(String text) {
        return new WorkflowSubjects().read(Map.of(".github/workflows/a.yml", text));
    }
}
