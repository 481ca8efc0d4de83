package dev.devopspack.command;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "evidence",
        description = {
            "Writes what an auditor takes away of a change set into one zip.",
            "It holds the files, verdicts, controls (OSCAL), findings (SARIF), approvals and the"
                    + " log's proofs. README.txt in it says how to check it. Needs a token with"
                    + " the role auditor.",
        })
final class EvidenceCommand implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Mixin ServerOptions server;

    @Parameters(paramLabel = "CHANGE_SET", description = "Its id: cs- and 16 characters.")
    String changeSet;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description =
                    "Also the controls of this profile, for example nist-800-53; can be repeated.")
    List<String> profiles = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write it (default: evidence-CHANGE_SET.zip).")
    @Nullable Path out;

    private final Local local;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    EvidenceCommand(Local local) {
        this.local = local;
    }

    @Override
    public Integer call() throws IOException {
        ChangeSetId id = new ChangeSetId(changeSet);
        Optional<ServerClient> client = server.clientOrKept(local);
        if (client.isPresent()) {
            return write(id, client.get().getBytes(path(id)));
        }
        return local.with(program -> {
            try {
                return write(id, program.evidence().zip(id, profiles));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String path(ChangeSetId id) {
        String query =
                profiles.stream()
                        .map(name -> "profile=" + ServerClient.encoded(name))
                        .collect(Collectors.joining("&"));
        return "/api/v1/change-sets/" + id + "/evidence.zip" + (query.isEmpty() ? "" : "?" + query);
    }

    private int write(ChangeSetId id, byte[] zip) throws IOException {
        Path file = out == null ? Path.of("evidence-" + id + ".zip") : out;
        Files.write(file, zip);
        PrintWriter lines = spec.commandLine().getOut();
        Output.line(lines, "Wrote " + file + ", " + zip.length + " bytes, " + digest(zip));
        return ExitCode.OK;
    }

    private static String digest(byte[] zip) {
        return Digest.of(zip).value();
    }
}
