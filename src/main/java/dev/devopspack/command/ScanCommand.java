package dev.devopspack.command;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Sarif;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanJson;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.ScanText;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "scan",
        description = "Judges files by the rules, on this machine: no server, nothing stored.",
        footer = {
            "",
            "Exit code: 0 when nothing is open, 2 when there are findings or a file cannot be read.",
            "Suppressions in comments count here; in a gate they do not.",
        })
final class ScanCommand implements Callable<Integer> {

    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Spec CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
    List<Path> paths;

    @Option(
            names = "--format",
            paramLabel = "text|json|sarif",
            description = "How to print the result (default text).")
    Format format = Format.TEXT;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "A folder of your own rules, beside ours.")
    @Nullable Path rules;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    ScanCommand() {}

    @Override
    public Integer call() {
        RuleCatalog builtIn = RuleCatalog.builtIn();
        RuleCatalog catalog = rules == null ? builtIn : builtIn.with(rules);
        Artifacts artifacts = artifacts();
        ScanResult result = new Scan(catalog).of(artifacts);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                switch (format) {
                    case TEXT -> ScanText.of(result, artifacts);
                    case JSON -> ScanJson.of(result);
                    case SARIF -> Sarif.of(result, catalog);
                });
        out.flush();
        return result.open().isEmpty() && result.complete() ? ExitCode.OK : ExitCode.REFUSED;
    }

    /// Several folders keep their names as prefixes, so that equal names stay apart.
    private Artifacts artifacts() {
        if (paths.size() == 1 && Files.isDirectory(paths.getFirst())) {
            return ReadFiles.folder(paths.getFirst());
        }
        List<Artifact> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                ReadFiles.folder(path)
                        .forEach(file ->
                                files.add(Artifact.of(ReadFiles.name(path, file), file.bytes())));
            } else {
                files.add(Artifact.of(ReadFiles.name(path), ReadFiles.bytes(path)));
            }
        }
        return new Artifacts(files);
    }
}
