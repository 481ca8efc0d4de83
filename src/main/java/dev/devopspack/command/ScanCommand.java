package dev.devopspack.command;

import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Sarif;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanJson;
import dev.devopspack.policy.ScanJunit;
import dev.devopspack.policy.ScanMarkdown;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.ScanText;
import java.io.PrintWriter;
import java.nio.file.Path;
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
        SARIF,
        JUNIT,
        MARKDOWN
    }

    /// Enough to see what kind of files they are.
    private static final int SHOWN = 10;

    @Spec CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
    List<Path> paths;

    @Option(
            names = "--format",
            paramLabel = "text|json|sarif|junit|markdown",
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
        ScannedTree tree = ScannedTree.of(paths);
        ScanResult result = new Scan(catalog).ofTree(tree.files());
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> ScanText.write(result, tree::text, out);
            case JSON -> ScanJson.write(result, out);
            case SARIF -> Sarif.write(result, catalog, out);
            case JUNIT ->
                    out.print(
                            ScanJunit.of(
                                    result,
                                    tree.files().stream().map(f -> f.name().value()).toList()));
            case MARKDOWN -> out.print(ScanMarkdown.of(result));
        }
        out.flush();
        tell(tree.leftOut());
        return result.passes() ? ExitCode.OK : ExitCode.REFUSED;
    }

    /// Beside the result, which may be read by a machine.
    private void tell(List<String> leftOut) {
        PrintWriter err = spec.commandLine().getErr();
        leftOut.stream().limit(SHOWN).forEach(each -> Output.line(err, "Left out: " + each));
        if (leftOut.size() > SHOWN) {
            Output.line(err, "Left out: " + (leftOut.size() - SHOWN) + " more.");
        }
        err.flush();
    }
}
