package dev.devopspack.command;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.ExportFormat;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export-audit",
        description = "Writes the audit log's entries for other programs, one line an entry.",
        footer = {
            "",
            "jsonl is what verify-audit checks; ocsf is OCSF 1.3 (API Activity); cef is"
                    + " ArcSight's Common Event Format; otlp is OpenTelemetry logs; csv is safe to"
                    + " open in a spreadsheet. No form holds a personal field in clear. It says at"
                    + " the end where the next export begins: give that number as --after.",
        })
final class ExportAuditCommand implements Callable<Integer> {

    /// Entries that are asked for at once.
    private static final int PAGE = 5_000;

    @Spec CommandSpec spec;

    @Mixin ServerOptions server;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "jsonl",
            description = "jsonl, ocsf, cef, otlp or csv; jsonl where it is left out.")
    String format;

    @Option(
            names = "--after",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "The entry before the first one wanted; 0 where it is left out.")
    long after;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to append to; the terminal where it is left out.")
    @Nullable Path out;

    private final Local local;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    ExportAuditCommand(Local local) {
        this.local = local;
    }

    /// Where the lines go.
    @FunctionalInterface
    private interface Sink {
        void write(String lines) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        ExportFormat form = ExportFormat.of(format);
        if (after < 0) {
            throw new InvalidInput("--after", "it is below 0", "Use 0 for the beginning.");
        }
        Optional<ServerClient> client = server.clientOrKept(local);
        Path file = out;
        if (file == null) {
            PrintWriter terminal = spec.commandLine().getOut();
            return export(
                    client,
                    form,
                    lines -> {
                        terminal.print(lines);
                        terminal.flush();
                    });
        }
        try (OutputStream stream =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            return export(
                    client, form, lines -> stream.write(lines.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private int export(Optional<ServerClient> client, ExportFormat form, Sink sink)
            throws IOException {
        long[] last = {after};
        if (client.isPresent()) {
            last[0] = fromServer(client.get(), form, sink);
        } else {
            int exitCode =
                    local.with(program -> {
                        last[0] = fromHere(program.auditLog(), form, sink);
                        return ExitCode.OK;
                    });
            if (exitCode != ExitCode.OK) {
                return exitCode;
            }
        }
        spec.commandLine().getErr().println("Next: --after " + last[0]);
        spec.commandLine().getErr().flush();
        return ExitCode.OK;
    }

    private long fromServer(ServerClient client, ExportFormat form, Sink sink) throws IOException {
        long last = after;
        while (true) {
            ServerClient.Stretch stretch =
                    client.stretch(
                            "/api/v1/audit/export?format="
                                    + form.id()
                                    + "&after="
                                    + last
                                    + "&limit="
                                    + PAGE);
            sink.write(stretch.text());
            if (stretch.next() <= last) {
                return last;
            }
            last = stretch.next();
        }
    }

    private long fromHere(AuditLog log, ExportFormat form, Sink sink) {
        try {
            if (after == 0) {
                sink.write(form.header());
            }
            long last = after;
            List<StoredEntry> batch = log.read(last, PAGE);
            while (!batch.isEmpty()) {
                StringBuilder lines = new StringBuilder();
                batch.forEach(entry -> lines.append(form.line(entry)).append('\n'));
                sink.write(lines.toString());
                last = batch.getLast().sequence();
                batch = log.read(last, PAGE);
            }
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
