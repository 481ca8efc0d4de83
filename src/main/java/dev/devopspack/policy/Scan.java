package dev.devopspack.policy;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.policy.ScanResult.Suppression;
import dev.devopspack.policy.Suppressions.Hit;
import dev.devopspack.policy.compose.ComposeReader;
import dev.devopspack.policy.dockerfile.DockerfileReader;
import dev.devopspack.policy.kubernetes.KubernetesReader;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import dev.devopspack.policy.workflow.WorkflowSubjects;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges files by the rules of a catalogue. Threads may share one.
public final class Scan {

    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::file)
                    .thenComparingInt(Finding::line)
                    .thenComparingInt(Finding::column)
                    .thenComparing(Finding::rule)
                    .thenComparing(finding -> String.valueOf(finding.resource()))
                    .thenComparing(Finding::message);

    /// What a given plan is called in findings of resources that only it has.
    private static final String PLAN = "the given plan";

    private static final String KUBERNETES = "kubernetes/";

    /// Enough work for a thread to be worth its while.
    private static final int SUBJECTS_AT_ONCE = 500;

    private static final int FILES_AT_ONCE = 100;

    private final RuleCatalog catalog;

    /// The languages beside Terraform. Every reader sees every file.
    private final List<SubjectReader> readers;

    public Scan(RuleCatalog catalog) {
        this.catalog = catalog;
        this.readers =
                List.of(
                        new DockerfileReader(),
                        new ComposeReader(),
                        new KubernetesReader(catalog.kubernetes()),
                        new WorkflowSubjects());
    }

    /// The same files give the same result, whatever their order.
    public ScanResult of(Artifacts artifacts) {
        return of(artifacts, TerraformRoots.OF_A_CHANGE);
    }

    /// The same of files that somebody wants to be let through: a plan among them is that person's
    /// word and decides nothing.
    ///
    /// @param plan what `terraform show -json` prints of a plan that we read ourselves, which
    ///   decides what the files leave open; null where there is none
    public ScanResult ofChange(Artifacts artifacts, @Nullable String plan) {
        ScannedFiles files = ScannedFiles.of(artifacts);
        files.plans.clear();
        if (plan != null) {
            files.plans.put(PLAN, plan);
        }
        return new Run(files, false).traced(TerraformRoots.OF_A_CHANGE).result();
    }

    /// The same, and every answer of every rule behind it, in an order that the files decide.
    public Traced traced(Artifacts artifacts) {
        return new Run(ScannedFiles.of(artifacts), true).traced(TerraformRoots.OF_A_CHANGE);
    }

    /// @param judgements one for each time that a rule applied to something
    public record Traced(ScanResult result, List<Judgement> judgements) {
        public Traced {
            judgements = List.copyOf(judgements);
        }
    }

    /// The same over a whole tree of files, which may hold more than any change: whoever calls has
    /// bounded them.
    public ScanResult ofTree(Collection<Artifact> files) {
        return of(files, TerraformRoots.OF_A_TREE);
    }

    /// The same over a tree, with the findings that a machine can mend.
    Mendable mendable(Collection<Artifact> files) {
        Run run = new Run(ScannedFiles.of(files), false);
        Judged all = run.judged(TerraformRoots.OF_A_TREE);
        return new Mendable(run.result(all), all.fixables);
    }

    record Mendable(ScanResult result, List<Judged.Fixable> fixables) {}

    private ScanResult of(Iterable<Artifact> artifacts, int roots) {
        return new Run(ScannedFiles.of(artifacts), false).traced(roots).result();
    }

    /// One scan.
    private final class Run {

        private final ScannedFiles files;
        private final boolean traces;

        /// Whether a file holds objects of Kubernetes.
        private boolean manifests;

        Run(ScannedFiles files, boolean traces) {
            this.files = files;
            this.traces = traces;
        }

        Traced traced(int roots) {
            Judged all = judged(roots);
            return new Traced(result(all), all.trace);
        }

        Judged judged(int roots) {
            Judged all = new Judged(catalog, traces);
            List<Judged> modules = TerraformRoots.evaluate(files, roots, this::judged);
            List<Judged> plans =
                    Parts.of(List.copyOf(files.plans.entrySet()), 1)
                            .flatMap(plan -> plan(plan.getFirst()).stream())
                            .toList()
                            .stream()
                            .map(plan -> plan.decide(modules))
                            .toList();
            modules.forEach(all::join);
            plans.forEach(all::join);
            Parts.of(readers, 1)
                    .map(reader -> reader.getFirst().read(files.texts))
                    .toList()
                    .forEach(reading -> all.join(judged(reading)));
            judgedSecrets().forEach(all::join);
            return all;
        }

        private ScanResult result(Judged all) {
            Map<String, List<Hit>> hitsOf =
                    all.hits.stream().collect(Collectors.groupingBy(hit -> hit.finding().file()));
            List<Suppression> suppressions = new ArrayList<>();
            Parts.of(List.copyOf(files.texts.entrySet()), FILES_AT_ONCE)
                    .map(part ->
                            part.stream()
                                    .flatMap(file -> suppressions(file, hitsOf).stream())
                                    .toList())
                    .toList()
                    .forEach(suppressions::addAll);
            return new ScanResult(
                    catalog.digest(),
                    files.texts.size(),
                    files.configuration(),
                    all.resources(),
                    all.unjudged(),
                    all.tallies(),
                    all.hits.parallelStream().map(Hit::finding).sorted(ORDER).toList(),
                    all.unknowns.parallelStream().sorted(ORDER).toList(),
                    files.unreadable,
                    all.errors,
                    suppressions,
                    manifests ? Optional.of(catalog.kubernetes()) : Optional.empty());
        }

        private static List<Suppression> suppressions(
                Map.Entry<String, String> file, Map<String, List<Hit>> hitsOf) {
            return Suppressions.in(
                    file.getKey(), file.getValue(), hitsOf.getOrDefault(file.getKey(), List.of()));
        }

        private Optional<Plan> plan(Map.Entry<String, String> file) {
            return PlanModule.read(file.getKey(), file.getValue())
                    .map(plan -> {
                        TerraformSubjects subjects = new TerraformSubjects(plan);
                        Judged whole = new Judged(catalog, true);
                        subjects.all().forEach(whole::judge);
                        plan.allResources().forEach(whole::declare);
                        return new Plan(subjects, whole);
                    });
        }

        /// A plan, and what the rules say of all of it.
        private final class Plan {

            private final TerraformSubjects subjects;
            private final Judged whole;

            Plan(TerraformSubjects subjects, Judged whole) {
                this.subjects = subjects;
                this.whole = whole;
            }

            /// What the files of its module leave open a plan decides; of the rest it tells what
            /// they do not hold: resources of modules from elsewhere.
            Judged decide(List<Judged> modules) {
                Judged module =
                        modules.stream()
                                .max(Comparator.comparingInt(whole::inCommon))
                                .filter(each -> whole.inCommon(each) > 0)
                                .orElse(null);
                if (module != null) {
                    module.decideBy(whole);
                }
                Judged rest = new Judged(catalog, traces);
                subjects.all().stream()
                        .filter(subject -> module == null || !module.declares(subject))
                        .forEach(rest::judge);
                subjects.resources().stream()
                        .filter(subject -> module == null || !module.declares(subject))
                        .forEach(rest::count);
                rest.closeFiles();
                return rest;
            }
        }

        private Judged judged(EvaluatedModule module) {
            Judged all = new Judged(catalog, traces);
            TerraformSubjects subjects = new TerraformSubjects(module);
            subjects.all().forEach(all::judge);
            subjects.resources().forEach(all::count);
            module.allResources().forEach(all::declare);
            module.modules().flatMap(each -> each.calls().stream()).forEach(all::count);
            all.closeFiles();
            return all;
        }

        private Judged judged(SubjectReader.Reading reading) {
            reading.problems().forEach(files::report);
            files.count(reading.files());
            manifests |=
                    reading.subjects().stream()
                            .anyMatch(subject -> subject.kind().startsWith(KUBERNETES));
            Judged all = new Judged(catalog, traces);
            Parts.of(reading.subjects(), SUBJECTS_AT_ONCE)
                    .map(part -> {
                        Judged ofPart = new Judged(catalog, traces);
                        part.forEach(ofPart::judge);
                        return ofPart;
                    })
                    .toList()
                    .forEach(all::join);
            all.tellOnce();
            reading.subjects().stream().filter(Subject::counted).forEach(all::count);
            all.closeFiles();
            return all;
        }

        private List<Judged> judgedSecrets() {
            return Parts.of(List.copyOf(files.texts.keySet()), FILES_AT_ONCE)
                    .map(names -> {
                        Judged all = new Judged(catalog, traces);
                        for (String file : names) {
                            String text = files.texts.getOrDefault(file, "");
                            SecretDetector.inFile(file, text, files.terraform.get(file))
                                    .forEach(secret -> all.judge(SecretSubject.of(file, secret)));
                        }
                        return all;
                    })
                    .toList();
        }
    }
}
