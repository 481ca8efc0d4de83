package dev.devopspack.command;

import dev.devopspack.change.CommitAuthor;
import dev.devopspack.manager.Submission;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "submit",
        description = "Freezes the files of a folder as a change set: same gates, same approval.",
        footer = {
            "",
            "Folders of version control and of terraform's own state (.git, .terraform) are"
                    + " left out. Of a plan file only its SHA-256 and its masked JSON are kept; a"
                    + " plan JSON is marked 'as submitted, not derived'.",
            "",
            "Exit code: 0 when every gate passed, does not apply or waits for a person,",
            "2 when a gate failed, 64 when the files or the plan cannot be read.",
            "",
            "Example:",
            "  terraform plan -out plan.bin",
            "  devops-pack submit . --stack payments/production \\",
            "    --environment production --plan plan.bin",
        })
final class SubmitCommand implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Mixin ServerOptions server;

    @Parameters(paramLabel = "DIR", description = "The folder of the module.")
    Path folder;

    @Option(
            names = "--stack",
            required = true,
            paramLabel = "S",
            description = "For example payments/production.")
    String stack;

    @Option(
            names = "--environment",
            required = true,
            paramLabel = "E",
            description = "For example production.")
    String environment;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "The file of `terraform plan -out`.")
    @Nullable Path plan;

    @Option(
            names = "--plan-json",
            paramLabel = "FILE",
            description = "The output of `terraform show -json`.")
    @Nullable Path planJson;

    @Option(names = "--repository", paramLabel = "URL", description = "Where the files come from.")
    @Nullable String repository;

    @Option(names = "--commit", paramLabel = "ID", description = "The full commit id.")
    @Nullable String commit;

    @Option(
            names = "--author",
            paramLabel = "EMAIL",
            description =
                    "Who wrote a commit of it, as git log --format=%%ae prints; can be repeated. These"
                            + " people never count as approvers.")
    List<String> authors = List.of();

    @Option(
            names = "--claim",
            paramLabel = "TEXT",
            description = "Why, in your own words; can be repeated.")
    List<String> claims = List.of();

    @Option(names = "--json", description = "Prints one JSON document.")
    boolean json;

    private final Local local;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    SubmitCommand(Local local) {
        this.local = local;
    }

    @Override
    public Integer call() throws IOException {
        Submission submission =
                new Submission(
                        new StackName(stack),
                        new Environment(environment),
                        ReadFiles.folder(folder, plan, planJson),
                        plan == null ? null : Files.readAllBytes(plan),
                        planJson == null ? null : ReadFiles.text(planJson),
                        repository,
                        commit,
                        claims,
                        CommitAuthor.of(authors));
        return server.with(
                local,
                front ->
                        ResultText.print(
                                spec.commandLine().getOut(), front.submit(submission), json));
    }
}
