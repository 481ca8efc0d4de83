package dev.devopspack.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.change.Digest;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "consume",
        description =
                "Uses a grant, once: asks the server whether exactly these bytes may be applied now.",
        footer = {
            "",
            "Apply only when the exit code is 0. Afterwards report how it went: --report",
            "succeeded, failed or unknown.",
            "",
            "Example:",
            "  devops-pack consume ap-… generated/ --digest sha256:… \\",
            "    --environment production --plan plan.bin && terraform apply plan.bin",
        })
final class ConsumeCommand implements Callable<Integer> {

    enum Report {
        SUCCEEDED,
        FAILED,
        UNKNOWN
    }

    @Spec CommandSpec spec;

    @Mixin ServerOptions server;

    @Parameters(index = "0", paramLabel = "APPROVAL", description = "The approval's id: ap-…")
    String approval;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIR",
            description = "The folder with the files that will be used.")
    @Nullable Path folder;

    @Option(
            names = "--digest",
            paramLabel = "DIGEST",
            description = "The change set's digest, as it was approved.")
    @Nullable String digest;

    @Option(names = "--environment", paramLabel = "E", description = "Where it will be applied.")
    @Nullable String environment;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "The plan file that will be applied.")
    @Nullable Path plan;

    @Option(names = "--reserve", description = "Only holds the grant for ten minutes.")
    boolean reserve;

    @Option(names = "--check", description = "Only asks whether the grant could be used now.")
    boolean check;

    @Option(
            names = "--report",
            paramLabel = "succeeded|failed|unknown",
            description = "Says how applying went.")
    @Nullable Report report;

    @Option(names = "--note", paramLabel = "TEXT", description = "With --report: what happened.")
    String note = "";

    private final Local local;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    ConsumeCommand(Local local) {
        this.local = local;
    }

    @Override
    public Integer call() throws IOException {
        String id = new ApprovalId(approval).value();
        ServerClient client =
                server.client(local)
                        .orElseThrow(() ->
                                new InvalidInput(
                                        "--server",
                                        "no server runs on this data folder",
                                        "Start it with ./devops-pack, or name one with --server."));
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (report != null) {
                client.post(path(id, "outcome"), "application/json", outcome().toString());
                Output.line(out, "REPORTED  " + report);
            } else {
                client.post(path(id, step()), "application/json", claim().toString());
                Output.line(out, done() + "  " + id);
            }
            return ExitCode.OK;
        } catch (ServerClient.Refused refused) {
            Output.line(out, "REFUSED  " + refused.refusal().getMessage());
            return ExitCode.REFUSED;
        }
    }

    private String step() {
        return check ? "verify" : reserve ? "reserve" : "consume";
    }

    private String done() {
        return check ? "USABLE" : reserve ? "RESERVED" : "CONSUMED";
    }

    private static String path(String id, String what) {
        return "/api/v1/approvals/" + id + "/" + what;
    }

    private ObjectNode outcome() {
        return Output.JSON
                .createObjectNode()
                .put("outcome", String.valueOf(report).toLowerCase(java.util.Locale.ROOT))
                .put("note", note);
    }

    private ObjectNode claim() throws IOException {
        if (folder == null || digest == null || environment == null) {
            throw new InvalidInput(
                    "arguments",
                    "the folder, --digest or --environment is missing",
                    "Name all three: they say which bytes are applied where.");
        }
        ObjectNode claim =
                Output.JSON
                        .createObjectNode()
                        .put("digest", new Digest(digest).value())
                        .put("environment", new Environment(environment).value());
        ObjectNode files = claim.putObject("files");
        Set<Path> left = plan == null ? Set.of() : Set.of(plan.toAbsolutePath());
        PresentedFiles.read(folder, left)
                .digests()
                .forEach((name, sha256) -> files.put(name, sha256.value()));
        if (plan != null) {
            claim.put("plan", PresentedFiles.hash(plan).value());
        }
        return claim;
    }
}
