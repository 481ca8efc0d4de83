package dev.devopspack.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.LogVerifier;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.audit.TlogProof;
import dev.devopspack.task.InvalidInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify-audit",
        description = {
            "Recomputes the audit log and names the first entry that is wrong.",
            "Every entry, the chain, no gap, and that it continues what was signed.",
        },
        footer = {
            "",
            "With a FILE it checks an export (JSON Lines from /api/v1/audit/export), trusting"
                    + " nobody. With the proof of an entry it checks that the entry is in the log"
                    + " that was signed. Without one it reads the server's log, or the data"
                    + " folder's where no server runs.",
            "",
            "It remembers the newest signed checkpoint it saw, and the key: a log that was cut"
                    + " off, forked or rewritten since then is found although its hashes fit."
                    + " Keep the file of --state where those who keep the log cannot write.",
            "",
            "Exit code: 0 when the log is whole, 2 when it is not or holds nothing,",
            "64 when there is neither a server nor a log here.",
        })
final class VerifyAuditCommand implements Callable<Integer> {

    /// How many entries are read at once.
    private static final int BATCH = 1_000;

    private static final String STATE_FILE = "seen-checkpoints";

    @Spec CommandSpec spec;

    @Mixin ServerOptions server;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description =
                    "Where the checkpoints that were seen are remembered. Without it: in the data"
                            + " folder, one file for each server; for an export nothing is.")
    @Nullable Path state;

    @Option(
            names = "--kept",
            paramLabel = "KEPT",
            description =
                    "A checkpoint that was kept elsewhere, as it was published, in a grant or in a"
                            + " proof: the log must continue it. Can be repeated.")
    List<Path> kept = List.of();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The log's pinned key, as the audit page shows it, for an export or a proof.")
    @Nullable String key;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "An export, or the proof of one entry (tlog-proof).")
    @Nullable Path export;

    private final Local local;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    VerifyAuditCommand(Local local) {
        this.local = local;
    }

    /// The newest checkpoint that the log's keeper shows, and its key.
    private record Shown(LogKey key, Optional<CosignerKey> second, SignedCheckpoint newest) {}

    /// Gives all entries of the log to the verifier.
    private interface Entries {
        void readTo(LogVerifier verifier) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        if (export != null) {
            Path file = export;
            if (KeptFiles.isProof(file)) {
                return verifyProof(file);
            }
            return verify(
                    Optional.empty(),
                    verifier -> {
                        try (BufferedReader lines = Files.newBufferedReader(file)) {
                            read(lines, verifier);
                        }
                    });
        }
        Optional<ServerClient> client = server.clientOrKept(local);
        if (client.isPresent()) {
            // The checkpoint first: the log may only be longer than it.
            Optional<Shown> shown = shown(client.get().get("/api/v1/audit/checkpoint"));
            return verify(
                    shown,
                    verifier -> {
                        byte[] lines = client.get().getBytes("/api/v1/audit/export");
                        read(
                                new BufferedReader(
                                        new StringReader(
                                                new String(lines, StandardCharsets.UTF_8))),
                                verifier);
                    });
        }
        return local.with(this::verifyInside);
    }

    private int verifyInside(Program program) {
        Checkpoints checkpoints = program.checkpoints();
        Checkpoints.Step step = checkpoints.make();
        while (step instanceof Checkpoints.Step.Made made && made.more()) {
            step = checkpoints.make();
        }
        try {
            return verify(
                    checkpoints
                            .newest()
                            .map(newest ->
                                    new Shown(checkpoints.key(), checkpoints.secondKey(), newest)),
                    verifier -> read(program.auditLog(), verifier));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Shown> shown(JsonNode answer) {
        String note = answer.path("checkpoint").asText("");
        return note.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Shown(
                                LogKey.parse(answer.path("key").asText("")),
                                Optional.of(answer.path("secondKey").asText(""))
                                        .filter(text -> !text.isEmpty())
                                        .map(CosignerKey::parse),
                                SignedCheckpoint.parse(note)));
    }

    private int verify(Optional<Shown> shown, Entries entries) throws IOException {
        Optional<Path> file = stateFile();
        Optional<SeenCheckpoints> before = before(file);
        if (!kept.isEmpty()) {
            before =
                    Optional.of(
                            withKept(
                                    before.or(() ->
                                            shown.map(log -> SeenCheckpoints.none(log.key())))));
        }
        Optional<SeenCheckpoints> now =
                shown.isPresent() ? Optional.of(withShown(before, shown.get())) : before;
        LogVerifier verifier =
                new LogVerifier(now.map(SeenCheckpoints::checkpoints).orElse(List.of()));
        entries.readTo(verifier);
        int exitCode = print(verifier.result(), before, now);
        if (exitCode == ExitCode.OK && file.isPresent() && now.isPresent()) {
            now.get().write(file.get());
        }
        return exitCode;
    }

    private SeenCheckpoints withShown(Optional<SeenCheckpoints> before, Shown shown) {
        SignedCheckpoint newest = shown.newest();
        SeenCheckpoints seen = before.orElse(SeenCheckpoints.none(shown.key()));
        requireSignedBy(newest.signedBy(seen.key()), seen.key().name(), seen.key().id());
        Optional<CosignerKey> second = shown.second().filter(key -> key.signed(newest));
        if (second.isPresent()) {
            seen = seen.with(second.get());
        }
        seen.second().ifPresent(key -> requireSignedBy(key.signed(newest), key.name(), key.id()));
        return seen.with(newest);
    }

    private void requireSignedBy(boolean signed, String name, String id) {
        if (!signed) {
            throw new InvalidInput(
                    "checkpoint",
                    "the newest one was not signed by " + name + "+" + id,
                    "Find out who changed the key. If it was you, move "
                            + stateFile().map(Path::toString).orElse("the state")
                            + " away.");
        }
    }

    /// What was seen before; with a pinned key alone nothing was.
    private Optional<SeenCheckpoints> before(Optional<Path> file) throws IOException {
        Optional<SeenCheckpoints> remembered =
                file.isPresent() ? SeenCheckpoints.read(file.get()) : Optional.empty();
        if (key == null) {
            return remembered;
        }
        LogKey pinned = LogKey.parse(key);
        if (remembered.isPresent() && !remembered.get().key().equals(pinned)) {
            throw new InvalidInput(
                    "--key",
                    "another key was pinned in " + file.orElseThrow(),
                    "Find out which of them is the log's, and leave out the other one.");
        }
        return Optional.of(remembered.orElse(SeenCheckpoints.none(pinned)));
    }

    private SeenCheckpoints withKept(Optional<SeenCheckpoints> known) {
        SeenCheckpoints seen = known.orElseThrow(VerifyAuditCommand::noKey);
        for (Path each : kept) {
            SignedCheckpoint checkpoint = KeptFiles.checkpoint(each);
            if (!checkpoint.signedBy(seen.key())) {
                throw new InvalidInput(
                        each.toString(),
                        "its checkpoint was not signed by "
                                + seen.key().name()
                                + "+"
                                + seen.key().id(),
                        "Name what was kept of this log.");
            }
            seen = seen.with(checkpoint);
        }
        return seen;
    }

    private static InvalidInput noKey() {
        return new InvalidInput(
                "--key",
                "no key of the log is pinned yet",
                "Give the key that the audit page shows, got from somebody you trust.");
    }

    private int verifyProof(Path file) throws IOException {
        TlogProof proof = TlogProof.parse(ReadFiles.text(file));
        LogKey pinned =
                before(state == null ? Optional.empty() : Optional.of(state))
                        .orElseThrow(VerifyAuditCommand::noKey)
                        .key();
        String leaf =
                proof.leaf()
                        .orElseThrow(() ->
                                new InvalidInput(
                                        file.toString(),
                                        "it does not hold the entry that it is about",
                                        "Use the file as this server's page gives it."));
        PrintWriter out = spec.commandLine().getOut();
        String entry = "entry " + proof.sequence();
        Optional<AuditLeaf> read =
                AuditLeaf.parse(leaf).filter(each -> each.sequence() == proof.sequence());
        if (read.isEmpty() || !proof.holds(AuditHash.leaf(leaf), pinned)) {
            Output.line(
                    out,
                    "REFUSED  it does not prove that this is " + entry + " of " + pinned.name());
            return ExitCode.REFUSED;
        }
        Output.line(
                out,
                "PROVEN  "
                        + entry
                        + " of the first "
                        + proof.checkpoint().checkpoint().size()
                        + " of "
                        + pinned.name());
        Output.line(out, leaf);
        return ExitCode.OK;
    }

    /// One file for each log: what a server of another address shows is another log.
    private Optional<Path> stateFile() {
        if (state != null) {
            return Optional.of(state);
        }
        if (export != null) {
            return Optional.empty();
        }
        URI named = server.server;
        String name =
                named == null
                        ? STATE_FILE
                        : STATE_FILE
                                + "-"
                                + String.valueOf(named.getAuthority())
                                        .replaceAll("[^A-Za-z0-9.-]", "_");
        return Optional.of(local.dataFolder().resolve(name));
    }

    private static void read(BufferedReader lines, LogVerifier verifier) throws IOException {
        long number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            verifier.add(ExportedEntry.parse(line, number++));
        }
    }

    private static void read(AuditLog log, LogVerifier verifier) {
        List<StoredEntry> batch = log.read(0, BATCH);
        while (!batch.isEmpty()) {
            batch.forEach(verifier::add);
            batch = log.read(batch.getLast().sequence(), BATCH);
        }
    }

    private int print(
            AuditVerifier.Result result,
            Optional<SeenCheckpoints> before,
            Optional<SeenCheckpoints> now) {
        PrintWriter out = spec.commandLine().getOut();
        return switch (result) {
            case AuditVerifier.Result.Intact intact when intact.sequence() == 0 -> {
                Output.line(
                        out,
                        "EMPTY  no entry was read, so nothing is shown: a log begins with the first"
                                + " start of its server");
                yield ExitCode.REFUSED;
            }
            case AuditVerifier.Result.Intact intact -> {
                Output.line(
                        out,
                        "INTACT  " + intact.sequence() + " entries, head " + intact.chainHash());
                signed(before, now).forEach(line -> Output.line(out, line));
                yield ExitCode.OK;
            }
            case AuditVerifier.Result.Broken broken -> {
                Output.line(out, "BROKEN  entry " + broken.sequence() + ": " + broken.why());
                yield ExitCode.REFUSED;
            }
        };
    }

    private static List<String> signed(
            Optional<SeenCheckpoints> before, Optional<SeenCheckpoints> now) {
        List<String> lines = new ArrayList<>();
        now.filter(seen -> !seen.signed().isEmpty())
                .ifPresentOrElse(
                        seen ->
                                lines.add(
                                        "SIGNED  the first "
                                                + seen.checkpoints().getLast().size()
                                                + " of them, by "
                                                + seen.key().name()
                                                + "+"
                                                + seen.key().id()
                                                + seen.second()
                                                        .map(key -> " and ML-DSA-44+" + key.id())
                                                        .orElse("")),
                        () ->
                                lines.add(
                                        "UNSIGNED  no checkpoint was shown or remembered: a cut"
                                                + " end would not be seen"));
        before.filter(seen -> !seen.signed().isEmpty())
                .ifPresent(seen ->
                        lines.add(
                                "CONTINUES  what was seen before, "
                                        + seen.checkpoints().getLast().size()
                                        + " entries"));
        return lines;
    }
}
