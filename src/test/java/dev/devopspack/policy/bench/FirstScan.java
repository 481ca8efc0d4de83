package dev.devopspack.policy.bench;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Measures what the first scan of a process costs beside the following ones: `FirstScan DIR
/// [TIMES]` reads the files of a folder and scans them several times.
///
/// The first includes reading the rules that judge something there and preparing their conditions.
public final class FirstScan {

    private static final int TIMES = 5;

    private FirstScan() {}

    public static void main(String[] args) throws IOException {
        List<Artifact> files = files(Path.of(args[0]));
        long start = System.nanoTime();
        long cpu = cpuMillis();
        RuleCatalog catalog = RuleCatalog.builtIn();
        System.out.printf(
                "catalogue: %d ms, %d ms of processor time%n",
                millisSince(start), cpuMillis() - cpu);
        int times = args.length > 1 ? Integer.parseInt(args[1]) : TIMES;
        for (int i = 1; i <= times; i++) {
            start = System.nanoTime();
            cpu = cpuMillis();
            ScanResult result = new Scan(catalog).ofTree(files);
            System.out.printf(
                    "scan %d: %d ms, %d ms of processor time, %d files, %d resources, %d evaluations by"
                            + " %d rules, %d findings%n",
                    i,
                    millisSince(start),
                    cpuMillis() - cpu,
                    result.files(),
                    result.resources(),
                    result.evaluations(),
                    result.tallies().size(),
                    result.findings().size());
        }
    }

    private static List<Artifact> files(Path folder) throws IOException {
        List<Artifact> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.add(
                        Artifact.of(
                                new ArtifactName(folder.relativize(file).toString()),
                                Files.readAllBytes(file)));
            }
        }
        return files;
    }

    /// Of all threads, the compiler's included: comparable on a busy machine.
    private static long cpuMillis() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
