package dev.devopspack.command;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.GrantVerifier;
import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.LogEvidence;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.approval.Verification;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.TlogProof;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
            "With --log-key each decision must be in that audit log: by the proof in the",
            "grant, or by one from /api/v1/audit/proof/tlog named with --log-proof. With",
            "--witness that proof must be one that the witness signed too.",
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
            names = "--log-key",
            paramLabel = "KEY",
            description = "The audit log's pinned key, as the audit page shows it.")
    @Nullable String logKey;

    @Option(
            names = "--log-proof",
            paramLabel = "FILE",
            description =
                    "The proof of a decision's entry, as the server exports it. Can be repeated.")
    List<Path> logProofs = List.of();

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description = "The key of a witness who must have signed what proves the entries.")
    @Nullable String witness;

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
        return print(spec.commandLine().getOut(), withLog(verification));
    }

    /// The same, or rejected where the pinned log does not tell of the decisions.
    private Verification withLog(Verification verification) {
        if (logKey == null) {
            if (witness != null || !logProofs.isEmpty()) {
                throw new InvalidInput(
                        "--log-key",
                        "a proof shows nothing without the key of the log",
                        "Add --log-key with the key that the audit page shows.");
            }
            return verification;
        }
        LogEvidence.Signers signers =
                new LogEvidence.Signers(
                        LogKey.parse(logKey), witness == null ? null : CosignerKey.parse(witness));
        List<TlogProof> proofs = new ArrayList<>();
        for (Path proof : logProofs) {
            proofs.add(TlogProof.parse(ReadFiles.text(proof)));
        }
        return switch (verification) {
            case Verification.Rejected rejected -> rejected;
            case Verification.Verified verified -> inLog(verified, proofs, signers);
        };
    }

    private static Verification inLog(
            Verification.Verified verified, List<TlogProof> proofs, LogEvidence.Signers signers) {
        List<Verification.Problem> problems = LogEvidence.of(verified.grant(), proofs, signers);
        if (!problems.isEmpty()) {
            return new Verification.Rejected(problems);
        }
        List<String> notes = new ArrayList<>(verified.notes());
        notes.add("every decision is in the audit log " + signers.log().name());
        return new Verification.Verified(verified.grant(), notes);
    }

    private Set<Path> leftOut() {
        Set<Path> left = new HashSet<>(List.of(grant.toAbsolutePath(), keys.toAbsolutePath()));
        if (plan != null) {
            left.add(plan.toAbsolutePath());
        }
        logProofs.forEach(proof -> left.add(proof.toAbsolutePath()));
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
