package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.expression.ExpressionParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

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

    private final Random random;

    public WorkflowFuzz(long seed) {
        random = new Random(seed);
    }

    public String mutant(String text) {
        StringBuilder mutant = new StringBuilder(text);
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            change(mutant);
        }
        return mutant.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(20));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.setLength(Math.max(at, text.length() / 2));
            case 4 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            default -> {
                int other = random.nextInt(text.length() + 1);
                int otherEnd = Math.min(text.length(), other + 40);
                text.insert(at, text.substring(other, otherEnd));
            }
        }
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
        List<String> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file :
                    files.filter(f ->
                                    f.toString().endsWith(".yml") || f.toString().endsWith(".yaml"))
                            .sorted()
                            .toList()) {
                String text = Files.readString(file);
                if (new GithubFiles(Map.of()).read("ci.yml", text).isPresent()) {
                    seeds.add(text);
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            seeds.forEach(WorkflowFuzz::read);
            report("files read", seeds.size(), start);
        }
        int mutants = Integer.parseInt(arguments[1]);
        WorkflowFuzz fuzz = new WorkflowFuzz(1);
        long start = System.nanoTime();
        long slowest = 0;
        int recognised = 0;
        for (int i = 0; i < mutants; i++) {
            String mutant = fuzz.mutant(seeds.get(i % seeds.size()));
            long one = System.nanoTime();
            try {
                recognised += read(mutant).isPresent() ? 1 : 0;
            } catch (RuntimeException | StackOverflowError failed) {
                Path kept = Files.createTempFile("mutant", ".yml");
                Files.writeString(kept, mutant);
                throw new IllegalStateException("see " + kept, failed);
            }
            slowest = Math.max(slowest, System.nanoTime() - one);
        }
        report(
                "mutants, " + recognised + " recognised, slowest " + slowest / 1_000_000 + " ms",
                mutants,
                start);
    }

    private static void report(String what, int count, long start) {
        double millis = (System.nanoTime() - start) / 1e6;
        System.out.printf(Locale.ROOT, "%d %s, %.3f ms each%n", count, what, millis / count);
    }
}
