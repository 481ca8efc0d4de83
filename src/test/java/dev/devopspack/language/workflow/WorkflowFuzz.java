package dev.devopspack.language.workflow;

import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import dev.devopspack.language.workflow.expression.ExpressionParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Damages workflows at random and gives them to the readers of files and expressions, none of
/// which may throw. By hand, over the YAML files below a folder: `java -cp
/// target/test-classes:target/classes:... dev.devopspack.language.workflow.WorkflowFuzz FOLDER
/// MUTANTS`.
public final class WorkflowFuzz {

    private static final List<String> PIECES =
            List.of(
                    "${{",
                    "}}",
                    "${{ github.event.issue.title }}",
                    "${{ fromJSON('[",
                    "${{ secrets[matrix.a] }}",
                    "'",
                    "\"",
                    "(",
                    ")",
                    "[",
                    "]",
                    "[*]",
                    ".*",
                    "&&",
                    "||",
                    "!",
                    "==",
                    "{",
                    "}",
                    ",",
                    ":",
                    ": ",
                    "- ",
                    "\n",
                    "\n  ",
                    "\n    ",
                    "|\n",
                    ">-\n",
                    "&a ",
                    "*a",
                    "<<: *a\n",
                    "#",
                    " # v1",
                    "null",
                    "true",
                    "on:",
                    "jobs:",
                    "steps:",
                    "uses: ",
                    "run: ",
                    "runs-on: ",
                    "matrix:",
                    "include:",
                    "needs: ",
                    "permissions:",
                    "env:",
                    "with:",
                    "secrets: inherit",
                    "@",
                    "docker://",
                    "./",
                    "$/",
                    "../",
                    "* * * * *",
                    "::set-output",
                    ">> $GITHUB_ENV",
                    "$(",
                    "`",
                    "\\",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "\uFEFF",
                    "\r\n",
                    "\t",
                    "é",
                    "😀");

    private final Mutation mutation;

    public WorkflowFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    public String mutant(String text) {
        return mutation.of(text);
    }

    /// Gives a text to everything that reads workflows.
    ///
    /// @return what was wrong with it; empty where it is no workflow
    static Optional<List<WorkflowProblem>> read(String text) {
        ExpressionParser.parse(text.substring(0, Math.min(200, text.length())));
        Optional<GithubFiles.Read> read =
                new GithubFiles(Map.of("ci.yml", text)).read("ci.yml", text);
        Optional<List<WorkflowProblem>> problems =
                read.map(found ->
                        switch (found) {
                            case GithubFiles.Read.OfWorkflow(Workflow workflow) ->
                                    workflow.problems();
                            case GithubFiles.Read.OfAction(ActionFile action) -> action.problems();
                            case GithubFiles.Read.OfDependabot _, GithubFiles.Read.Broken _ ->
                                    List.of();
                        });
        for (WorkflowProblem problem : problems.orElse(List.of())) {
            boolean inside =
                    problem.span().start() >= 0
                            && problem.span().start() <= problem.span().end()
                            && problem.span().end() <= text.length()
                            && problem.span().line() >= 1
                            && problem.span().column() >= 1;
            if (!inside) {
                throw new IllegalStateException("outside of the file: " + problem);
            }
        }
        return problems;
    }

    static void main(String[] arguments) throws IOException {
        FuzzRun.of(
                "workflows",
                FuzzRun.seeds(Path.of(arguments[0]), name -> name.matches(".*\\.ya?ml")).stream()
                        .filter(text -> new GithubFiles(Map.of()).read("ci.yml", text).isPresent())
                        .toList(),
                PIECES,
                Integer.parseInt(arguments[1]),
                mutant -> read(mutant).filter(List::isEmpty).isPresent());
    }
}
