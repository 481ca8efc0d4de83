package dev.devopspack.policy;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.policy.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the parts of a scan cost on one Terraform module when the program is warm: its files
/// parsed, the module evaluated, one rule asked, and the whole of it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScanBenchmark {

    private static final String RULE = "DP-AWS-EKS-002";

    /// A folder of Terraform. The blueprint has 41 resources; with `-p folder=...` it is any other.
    @Param("src/main/resources/blueprints/terraform/aws/eks_cluster")
    public String folder = "";

    private final List<Artifact> files = new ArrayList<>();
    private final Map<String, String> texts = new TreeMap<>();
    private ModuleFiles module = new ModuleFiles(Map.of(), Map.of());
    private final Scan scan = new Scan(RuleCatalog.builtIn());
    private List<Subject> clusters = List.of();
    private final Rule written = RuleCatalog.builtIn().find(RULE).orElseThrow();
    private final CompiledRule rule = RuleCatalog.builtIn().compiled(written);

    @Setup
    public void read() throws IOException {
        Path root = Path.of(folder);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                Artifact artifact =
                        Artifact.of(
                                new ArtifactName(root.relativize(file).toString()),
                                Files.readAllBytes(file));
                files.add(artifact);
                texts.put(artifact.name().value(), artifact.text());
            }
        }
        module = new ModuleFiles(parse(), texts);
        String kind = written.subjects().getFirst();
        clusters =
                new TerraformSubjects(evaluate())
                        .all().stream().filter(each -> each.kind().equals(kind)).toList();
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException(folder + " has nothing that " + RULE + " judges");
        }
    }

    @Benchmark
    public Map<String, ParsedFile> parse() {
        Map<String, ParsedFile> parsed = new TreeMap<>();
        texts.forEach((name, text) -> {
            if (ModuleFiles.isConfiguration(name)) {
                parsed.put(name, HclParser.parse(name, text));
            }
        });
        return parsed;
    }

    @Benchmark
    public EvaluatedModule evaluate() {
        return ModuleEvaluator.values(module, "");
    }

    @Benchmark
    public List<Answer> rule() {
        return clusters.stream().map(rule::judge).toList();
    }

    @Benchmark
    public ScanResult scan() {
        return scan.ofTree(files);
    }
}
