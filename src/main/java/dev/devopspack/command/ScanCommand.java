package dev.devopspack.command;

import dev.devopspack.language.kubernetes.KubernetesVersion;
import dev.devopspack.policy.Baseline;
import dev.devopspack.policy.Fixes;
import dev.devopspack.policy.LineDiff;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Sarif;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanJson;
import dev.devopspack.policy.ScanJunit;
import dev.devopspack.policy.ScanMarkdown;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.ScanText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            "Suppressions in comments count here; in a gate they do not.",
            "",
            "Exit code: 0 when nothing is open, 2 when there are findings or a file cannot",
            "be read, 64 when a name or an option is wrong.",
            "",
            "Examples:",
            "  devops-pack scan .",
            "  devops-pack scan . --format sarif > findings.sarif",
            "  devops-pack scan . --fix",
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

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description =
                    "Files and folders. What 'terraform show -json' printed is judged as the plan"
                            + " that it is, and decides what the files of its module leave"
                            + " unknown.")
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

    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            description = "What you set of the rules' parameters: days, lengths, registries.")
    @Nullable Path parameters;

    @Option(
            names = "--kubernetes-version",
            paramLabel = "1.NN",
            description = "The release that manifests are for (default the newest that is known).")
    @Nullable String kubernetesVersion;

    @Option(
            names = "--changed-since",
            paramLabel = "REVISION",
            description =
                    "Tell only of files that changed since the branch, tag or commit, in git. All"
                            + " files are still read: one says what another means.")
    @Nullable String changedSince;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Tell only of what the file does not know yet.")
    @Nullable Path baseline;

    @Option(
            names = "--write-baseline",
            paramLabel = "FILE",
            description = "Write all open findings into the file, and end with 0.")
    @Nullable Path writeBaseline;

    @Option(
            names = "--preview-fixes",
            description =
                    "Print as a difference (git apply reads it) what --fix would change, instead"
                            + " of the result. Nothing is written.")
    boolean previewFixes;

    @Option(
            names = "--fix",
            description =
                    "Mend what rules know how to mend, in the files, and print the result of what"
                            + " is left. A file that would get worse stays as it was.")
    boolean fix;

    private final Local local;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
    ScanCommand(Local local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        KubernetesVersion version =
                kubernetesVersion == null
                        ? KubernetesVersion.NEWEST
                        : KubernetesVersion.of(kubernetesVersion);
        RuleCatalog builtIn = RuleCatalog.builtIn();
        RuleCatalog catalog = rules == null ? builtIn : builtIn.with(rules);
        catalog = catalog.forKubernetes(version);
        if (parameters != null) {
            catalog = catalog.withParameters(parameters);
        }
        @Nullable Baseline known =
                baseline == null
                        ? null
                        : Baseline.read(baseline.toString(), ReadFiles.text(baseline));
        ScannedTree tree = ScannedTree.of(paths);
        if (previewFixes || fix) {
            Fixes.Result fixes = Fixes.of(catalog, tree.files());
            if (previewFixes) {
                return preview(fixes, tree);
            }
            tree = mended(fixes, tree);
        }
        RenderedCharts charts = RenderedCharts.of(tree, local, version.text() + ".0");
        ScanResult result =
                charts.placed(new Scan(catalog).ofTree(charts.files())).withUnseen(tree.unread());
        if (writeBaseline != null) {
            return write(Baseline.of(result), writeBaseline);
        }
        if (known != null) {
            result = compared(known, result);
        }
        if (changedSince != null) {
            result = result.of(changed(tree, changedSince)::contains);
        }
        print(result, catalog, tree);
        tell(tree.leftOut(), tree.notText());
        charts.notes().forEach(note -> Output.line(spec.commandLine().getErr(), note));
        return result.passes() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private int preview(Fixes.Result fixes, ScannedTree tree) {
        PrintWriter out = spec.commandLine().getOut();
        fixes.texts()
                .forEach((name, text) ->
                        out.print(LineDiff.of(name, tree.text(name).orElse(""), text)));
        out.flush();
        Output.line(spec.commandLine().getErr(), sum(fixes) + " Run with --fix to write them.");
        return ExitCode.OK;
    }

    private ScannedTree mended(Fixes.Result fixes, ScannedTree tree) {
        fixes.texts()
                .forEach((name, text) ->
                        tree.place(name).ifPresent(file -> ReadFiles.replace(file, text)));
        Output.line(spec.commandLine().getErr(), sum(fixes));
        return ScannedTree.of(paths);
    }

    private static String sum(Fixes.Result fixes) {
        return "Mends "
                + fixes.mended().size()
                + (fixes.mended().size() == 1 ? " finding in " : " findings in ")
                + fixes.texts().size()
                + (fixes.texts().size() == 1 ? " file; " : " files; ")
                + fixes.left().size()
                + " more have a value that is computed or a form that needs a person.";
    }

    private void print(ScanResult result, RuleCatalog catalog, ScannedTree tree) {
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
    }

    private int write(Baseline known, Path file) {
        try {
            Files.writeString(file, known.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Output.line(
                spec.commandLine().getErr(),
                "Wrote "
                        + known.size()
                        + " known findings to "
                        + file
                        + ". Scan with --baseline "
                        + file
                        + " to be told of new ones.");
        return ExitCode.OK;
    }

    private ScanResult compared(Baseline known, ScanResult result) {
        Baseline.Compared compared = known.compare(result);
        PrintWriter err = spec.commandLine().getErr();
        Output.line(err, "Known from the baseline and left out: " + compared.left() + ".");
        if (compared.mended() > 0) {
            Output.line(
                    err,
                    compared.mended()
                            + " known findings are there no longer. Run --write-baseline again, so"
                            + " that they cannot come back.");
        }
        return compared.result();
    }

    private Set<String> changed(ScannedTree tree, String revision) {
        Set<Path> files = new HashSet<>();
        for (Path path : paths) {
            Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
            files.addAll(local.changedSince(folder == null ? Path.of("/") : folder, revision));
        }
        return tree.names().stream()
                .filter(name -> tree.place(name).filter(p -> files.contains(real(p))).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            // A link that leads nowhere is called by its own name.
            return file.toAbsolutePath().normalize();
        }
    }

    /// Beside the result, which may be read by a machine.
    private void tell(List<String> leftOut, int notText) {
        PrintWriter err = spec.commandLine().getErr();
        leftOut.stream().limit(SHOWN).forEach(each -> Output.line(err, "Left out: " + each));
        if (leftOut.size() > SHOWN) {
            Output.line(err, "Left out: " + (leftOut.size() - SHOWN) + " more.");
        }
        if (notText > 0) {
            Output.line(
                    err,
                    "Left out: "
                            + notText
                            + (notText == 1 ? " file that is" : " files that are")
                            + " not text.");
        }
        err.flush();
    }
}
