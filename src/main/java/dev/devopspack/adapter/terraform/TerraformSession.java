package dev.devopspack.adapter.terraform;

import dev.devopspack.adapter.process.OutsideCommand;
import dev.devopspack.adapter.process.OutsideProcess;
import dev.devopspack.adapter.process.OutsideResult;
import dev.devopspack.gate.quality.ClearedModule;
import dev.devopspack.gate.quality.TerraformCommand;
import dev.devopspack.gate.quality.TerraformRun;
import dev.devopspack.gate.quality.TerraformRun.Outcome;
import dev.devopspack.gate.quality.TerraformRun.Problem;
import dev.devopspack.gate.quality.TerraformRun.Result;
import dev.devopspack.gate.quality.TerraformRunner.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The commands of one run, one after the other in one workspace.
final class TerraformSession {
    /// Ten times what the largest module of ours takes on a loaded machine.
    private static final Duration TIME_LIMIT = Duration.ofSeconds(90);

    /// Tests plan the module once for each of their runs.
    private static final Duration TEST_TIME_LIMIT = Duration.ofMinutes(5);

    /// The JSON of a plan of some thousand resources has about 20 MB.
    private static final int OUTPUT_LIMIT_BYTES = 32 * 1024 * 1024;

    /// `fmt -check` ends with this where a file would be written otherwise.
    private static final int FMT_DIFFERS = 3;

    private final TerraformTool.Found tool;
    private final Workspace workspace;
    private final ClearedModule module;
    private final String reattach;
    private final Progress progress;
    private final TerraformMessages messages;
    private @Nullable String plannedJson;
    private boolean backendsRemoved;

    TerraformSession(
            TerraformTool.Found tool,
            Workspace workspace,
            ClearedModule module,
            String reattach,
            Progress progress) {
        this.tool = tool;
        this.workspace = workspace;
        this.module = module;
        this.reattach = reattach;
        this.progress = progress;
        this.messages = new TerraformMessages(module.root(), workspace);
    }

    TerraformRun run(List<TerraformCommand> commands, String marking) {
        List<Result> results = new ArrayList<>();
        String stopped = "";
        for (TerraformCommand command : commands) {
            if (stopped.isEmpty()) {
                progress.report("terraform " + command.step().substring("terraform-".length()));
                Outcome outcome = outcome(command);
                results.add(new Result(command, outcome));
                boolean passed = outcome instanceof Outcome.Passed;
                // A file that is formatted otherwise still means the same.
                stopped =
                        passed || command == TerraformCommand.FMT
                                ? ""
                                : command.step() + " did not pass";
            } else {
                results.add(new Result(command, new Outcome.Skipped(stopped)));
            }
        }
        return new TerraformRun(results, Optional.ofNullable(plannedJson), marking);
    }

    private Outcome outcome(TerraformCommand command) {
        if (command != TerraformCommand.FMT && !backendsRemoved) {
            workspace.removeBackends(module);
            backendsRemoved = true;
        }
        return switch (execute(command)) {
            case OutsideResult.NotStarted(String why) ->
                    new Outcome.Skipped("Terraform could not be started: " + why);
            case OutsideResult.Stopped(String why) ->
                    new Outcome.Failed(
                            List.of(new Problem("", 0, 0, "Terraform was stopped: " + why)));
            case OutsideResult.Finished finished -> judged(command, finished);
        };
    }

    private Outcome judged(TerraformCommand command, OutsideResult.Finished finished) {
        if (finished.exitCode() == 0) {
            if (command == TerraformCommand.SHOW) {
                plannedJson = finished.output();
            }
            return new Outcome.Passed();
        }
        if (command == TerraformCommand.FMT && finished.exitCode() == FMT_DIFFERS) {
            return new Outcome.Failed(finished.output().lines().map(this::unformatted).toList());
        }
        return new Outcome.Failed(messages.problems(finished.output(), finished.errors()));
    }

    private Problem unformatted(String file) {
        return new Problem(
                messages.artifactName(file.strip()),
                0,
                0,
                "terraform fmt would write it differently");
    }

    private OutsideResult execute(TerraformCommand command) {
        List<String> arguments =
                Stream.concat(Stream.of("-chdir=" + folder()), arguments(command).stream())
                        .toList();
        Map<String, String> environment = TerraformTool.environment(tool.isolation(), workspace);
        environment.put("TF_REATTACH_PROVIDERS", reattach);
        return OutsideProcess.run(
                new OutsideCommand(
                        tool.isolation().commandLine(tool.program(), workspace, arguments),
                        workspace.folder(),
                        environment,
                        command == TerraformCommand.TEST_BLUEPRINT ? TEST_TIME_LIMIT : TIME_LIMIT,
                        OUTPUT_LIMIT_BYTES));
    }

    private String folder() {
        String copy = tool.isolation().module(workspace);
        return module.root().isEmpty() ? copy : copy + "/" + module.root();
    }

    private List<String> arguments(TerraformCommand command) {
        String plan = tool.isolation().scratch(workspace) + "/plan";
        return switch (command) {
            case FMT ->
                    List.of(
                            "fmt",
                            "-check",
                            "-list=true",
                            "-write=false",
                            "-recursive",
                            "-no-color");
            case INIT -> List.of("init", "-input=false", "-no-color", "-json");
            case VALIDATE ->
                    module.ownBlueprint()
                            ? List.of("validate", "-no-color", "-json")
                            : List.of("validate", "-no-tests", "-no-color", "-json");
            case PLAN ->
                    List.of(
                            "plan",
                            "-input=false",
                            "-lock=false",
                            "-no-color",
                            "-json",
                            "-out=" + plan);
            case SHOW -> List.of("show", "-no-color", "-json", plan);
            case TEST_BLUEPRINT -> List.of("test", "-no-color", "-json");
        };
    }
}
