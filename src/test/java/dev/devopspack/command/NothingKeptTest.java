package dev.devopspack.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.devopspack.command.CommandsAtServer.Said;
import dev.devopspack.testing.NothingLocal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands where no server runs and none ever did: nothing is made that could be taken for an
/// answer.
class NothingKeptTest {

    private static final String REFUSED =
            "--server: no server runs here, and there is no data folder here. Name a server with"
                    + " --server, or the data folder in DEVOPS_PACK_DATA_DIR.\n";

    @TempDir Path folder;

    @Test
    void anAuditLogThatIsNotThereIsNotIntact() {
        assertEquals(new Said(ExitCode.BAD_INPUT, "", REFUSED), run("verify-audit"));
    }

    @Test
    void anExportWithoutAnEntryShowsNothing() throws Exception {
        Path export = Files.writeString(folder.resolve("audit.jsonl"), "");

        assertEquals(
                new Said(
                        ExitCode.REFUSED,
                        "EMPTY  no entry was read, so nothing is shown: a log begins with the first"
                                + " start of its server\n",
                        ""),
                run("verify-audit", export.toString()));
    }

    @Test
    void nothingIsExported() {
        Path out = folder.resolve("audit.jsonl");

        assertEquals(
                new Said(ExitCode.BAD_INPUT, "", REFUSED),
                run("export-audit", "--out", out.toString()));
        assertFalse(Files.exists(out));
    }

    @Test
    void noEvidenceIsWritten() {
        Path out = folder.resolve("evidence.zip");

        assertEquals(
                new Said(ExitCode.BAD_INPUT, "", REFUSED),
                run("evidence", "cs-aeujptgkzdm3hxk6", "--out", out.toString()));
        assertFalse(Files.exists(out));
    }

    @Test
    void filesAreNotSubmittedToWhereNobodyDecides() throws Exception {
        Files.writeString(folder.resolve("main.tf"), "locals {}\n");

        assertEquals(
                new Said(ExitCode.BAD_INPUT, "", REFUSED),
                run(
                        "submit",
                        folder.toString(),
                        "--stack=web/production",
                        "--environment=production"));
    }

    @Test
    void aTaskThatBeginsADataFolderSaysSo() throws Exception {
        Path task = Files.writeString(folder.resolve("task.yaml"), "task: {}\n");

        assertEquals(
                new Said(
                        ExitCode.OK,
                        "",
                        "No server runs here, and there is no data folder here: one is made there."
                                + " Name a server with --server where people shall decide.\n"),
                run("run", task.toString()));
    }

    private static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                CommandLineInterface.execute(
                        new NothingLocal() {
                            @Override
                            public Path dataFolder() {
                                return Path.of("nowhere");
                            }

                            @Override
                            public int with(ToIntFunction<Program> work) {
                                return ExitCode.OK;
                            }
                        },
                        new PrintWriter(out),
                        new PrintWriter(err),
                        arguments);
        return new Said(exitCode, out.toString(), err.toString());
    }
}
