package dev.devopspack.command;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.audit.StoredEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify-audit",
        description =
                "Recomputes the audit log: every entry, the chain, no gap. Names the first that is wrong.",
        footer = {
            "",
            "With a FILE it checks an export (JSON Lines from /api/v1/audit/export), trusting nobody.",
            "Without one it reads the server's log, or the data folder's where no server runs.",
        })
final class VerifyAuditCommand implements Callable<Integer> {

    /// How many entries are read at once.
    private static final int BATCH = 1_000;

    @Spec CommandSpec spec;

    @Mixin ServerOptions server;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "An export.")
    @Nullable Path export;

    private final Local local;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    VerifyAuditCommand(Local local) {
        this.local = local;
    }

    @Override
    public Integer call() throws IOException {
        if (export != null) {
            try (BufferedReader lines = Files.newBufferedReader(export)) {
                return print(verify(lines));
            }
        }
        var client = server.client(local);
        if (client.isPresent()) {
            byte[] lines = client.get().getBytes("/api/v1/audit/export");
            try (BufferedReader reader =
                    new BufferedReader(
                            new java.io.StringReader(new String(lines, StandardCharsets.UTF_8)))) {
                return print(verify(reader));
            }
        }
        return local.with(program -> print(verify(program.auditLog())));
    }

    private static AuditVerifier.Result verify(BufferedReader lines) throws IOException {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        long number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            verifier.add(ExportedEntry.parse(line, number++));
        }
        return verifier.result();
    }

    private static AuditVerifier.Result verify(AuditLog log) {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        List<StoredEntry> batch = log.read(0, BATCH);
        while (!batch.isEmpty()) {
            batch.forEach(verifier::add);
            batch = log.read(batch.getLast().sequence(), BATCH);
        }
        return verifier.result();
    }

    private int print(AuditVerifier.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        return switch (result) {
            case AuditVerifier.Result.Intact intact -> {
                Output.line(
                        out,
                        "INTACT  " + intact.sequence() + " entries, head " + intact.chainHash());
                yield ExitCode.OK;
            }
            case AuditVerifier.Result.Broken broken -> {
                Output.line(out, "BROKEN  entry " + broken.sequence() + ": " + broken.why());
                yield ExitCode.REFUSED;
            }
        };
    }
}
