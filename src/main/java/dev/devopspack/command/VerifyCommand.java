package dev.devopspack.command;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.GrantVerifier;
import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.approval.Verification;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description =
                "Checks a grant offline: the people's signatures first, the server's second, every byte.",
        footer = {
            "",
            "The keys are those that the server publishes at",
            "/.well-known/devops-pack/jwks.json: fetch them once and keep them with the",
            "pipeline. Offline nobody can tell whether the grant was used before: only",
            "`consume` does. For production it must be said that this is known:",
            "--accept-unproven-single-use.",
            "",
            "Exit code: 0 when everything holds, 2 with every reason when something does",
            "not.",
            "",
            "Example:",
            "  devops-pack verify generated/ --grant grant.json --keys jwks.json \\",
            "    --environment staging",
        })
final class VerifyCommand implements Callable<Integer> {

    private static final String ACCEPT = "--accept-unproven-single-use";

    @Spec CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder with the files that will be used.")
    Path folder;

    @Option(names = "--grant", required = true, paramLabel = "FILE", description = "The grant.")
    Path grant;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FILE",
            description = "The server's pinned keys.")
    Path keys;

    @Option(
            names = "--environment",
            required = true,
            paramLabel = "E",
            description = "Where it will be applied.")
    String environment;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "The plan file that will be applied.")
    @Nullable Path plan;

    @Option(
            names = ACCEPT,
            description =
                    "Takes it that nobody can tell here whether the grant was used before. Needed"
                            + " for every environment but staging and development.")
    boolean accepted;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    VerifyCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!accepted && ApprovalPolicy.STRICT.production(new Environment(environment))) {
            throw new InvalidInput(
                    "--environment",
                    "offline nobody can tell whether the grant was used before, and '"
                            + environment
                            + "' counts as production",
                    "Use 'consume', which asks the server, or add " + ACCEPT + ".");
        }
        GrantVerifier.Intent intent =
                new GrantVerifier.Intent(
                        new Environment(environment),
                        PresentedFiles.read(folder, leftOut()),
                        plan == null ? null : PresentedFiles.hash(plan));
        Verification verification =
                new GrantVerifier(new PasskeyVerifier())
                        .verify(
                                ReadFiles.text(grant),
                                intent,
                                GrantVerifier.Trust.in(KeySet.parse(ReadFiles.text(keys))),
                                Instant.now());
        return print(spec.commandLine().getOut(), verification);
    }

    private Set<Path> leftOut() {
        Set<Path> left = new HashSet<>(List.of(grant.toAbsolutePath(), keys.toAbsolutePath()));
        if (plan != null) {
            left.add(plan.toAbsolutePath());
        }
        return left;
    }

    private static int print(PrintWriter out, Verification verification) {
        return switch (verification) {
            case Verification.Verified verified -> {
                Digest digest = verified.grant().digest();
                Output.line(out, "VERIFIED  " + digest);
                verified.notes().forEach(note -> Output.line(out, "Note: " + note));
                yield ExitCode.OK;
            }
            case Verification.Rejected rejected -> {
                Output.line(out, "REJECTED");
                rejected.problems()
                        .forEach(problem ->
                                Output.line(out, problem.code() + "  " + problem.text()));
                yield ExitCode.REFUSED;
            }
        };
    }
}
