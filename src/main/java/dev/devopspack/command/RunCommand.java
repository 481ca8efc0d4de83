package dev.devopspack.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Runs a task and prints what came of it.",
        footer = {
            "",
            "Exit code: 0 when every gate passed, does not apply or waits for a person,",
            "2 when a gate failed, 64 when the task cannot be read.",
            "",
            "Example:",
            "  devops-pack run task.yaml --out generated/ --json",
        })
final class RunCommand implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Mixin ServerOptions server;

    @Parameters(
            paramLabel = "TASK",
            description = "A task in YAML or JSON; - reads it from standard input.")
    String task;

    @Option(names = "--out", paramLabel = "DIR", description = "Writes the files there.")
    @Nullable Path out;

    @Option(names = "--json", description = "Prints one JSON document.")
    boolean json;

    private final Local local;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    RunCommand(Local local) {
        this.local = local;
    }

    @Override
    public Integer call() throws IOException {
        String text =
                task.equals("-")
                        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                        : ReadFiles.text(Path.of(task));
        return server.withOrBegin(
                local, spec.commandLine().getErr(), front -> finish(front, front.run(text)));
    }

    private int finish(Front front, JsonNode result) {
        PrintWriter writer = spec.commandLine().getOut();
        if (out != null) {
            OutputFolder.write(front, result, out);
        }
        return ResultText.print(writer, result, json);
    }
}
