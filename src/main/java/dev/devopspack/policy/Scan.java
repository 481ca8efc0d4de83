package dev.devopspack.policy;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.policy.ScanResult.RuleError;
import dev.devopspack.policy.ScanResult.Suppression;
import dev.devopspack.policy.ScanResult.Tally;
import dev.devopspack.policy.Suppressions.Hit;
import dev.devopspack.policy.compose.ComposeReader;
import dev.devopspack.policy.dockerfile.DockerfileReader;
import dev.devopspack.policy.kubernetes.KubernetesReader;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import dev.devopspack.policy.workflow.WorkflowSubjects;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Judges files by the rules of a catalogue. Threads may share one.
public final class Scan {

    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::file)
                    .thenComparing(Finding::line)
                    .thenComparing(Finding::column)
                    .thenComparing(Finding::rule)
                    .thenComparing(finding -> String.valueOf(finding.resource()))
                    .thenComparing(Finding::message);

    /// The languages beside Terraform. Every reader sees every file.
    private static final List<SubjectReader> READERS =
            List.of(
                    new DockerfileReader(),
                    new ComposeReader(),
                    new KubernetesReader(),
                    new WorkflowSubjects());

    private final RuleCatalog catalog;

    public Scan(RuleCatalog catalog) {
        this.catalog = catalog;
    }

    /// The same files give the same result, whatever their order.
    public ScanResult of(Artifacts artifacts) {
        return of(artifacts, TerraformRoots.OF_A_CHANGE);
    }

    /// The same, and every answer of every rule behind it, in the order in which they were given.
    public Traced traced(Artifacts artifacts) {
        List<Judgement> judgements = new ArrayList<>();
        ScanResult result =
                new Run(judgements::add)
                        .result(ScannedFiles.of(artifacts), TerraformRoots.OF_A_CHANGE);
        return new Traced(result, judgements);
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

    private ScanResult of(Iterable<Artifact> artifacts, int roots) {
        return new Run(judgement -> {}).result(ScannedFiles.of(artifacts), roots);
    }

    private final class Run {

        private final Map<String, Count> counts = new TreeMap<>();
        private final List<Hit> hits = new ArrayList<>();
        private final List<Finding> unknowns = new ArrayList<>();
        private final List<RuleError> errors = new ArrayList<>();
        private final Map<String, Integer> unjudged = new TreeMap<>();
        private final Set<String> judged = new HashSet<>();
        private final Consumer<Judgement> trace;
        private int resources;

        Run(Consumer<Judgement> trace) {
            this.trace = trace;
        }

        ScanResult result(ScannedFiles files, int roots) {
            TerraformRoots.evaluate(
                    files.terraform, files.texts, files.unreadable, roots, this::judgeModule);
            READERS.forEach(reader -> judgeReading(reader.read(files.texts), files));
            files.texts.forEach(this::judgeSecrets);
            List<Suppression> suppressions = new ArrayList<>();
            files.texts.forEach(
                    (name, text) -> suppressions.addAll(Suppressions.in(name, text, hits)));
            return new ScanResult(
                    catalog.digest(),
                    files.texts.size(),
                    files.configuration(),
                    resources,
                    unjudged,
                    tallies(),
                    hits.stream().map(Hit::finding).sorted(ORDER).toList(),
                    unknowns.stream().sorted(ORDER).toList(),
                    files.unreadable,
                    errors,
                    suppressions);
        }

        private void judgeModule(EvaluatedModule module) {
            TerraformSubjects subjects = new TerraformSubjects(module);
            subjects.all().forEach(this::judge);
            subjects.resources().forEach(this::count);
            judged.clear();
            module.modules().flatMap(each -> each.calls().stream()).forEach(this::count);
        }

        private void judgeReading(SubjectReader.Reading reading, ScannedFiles files) {
            reading.problems().forEach(problem -> files.report(problem));
            files.count(reading.files());
            reading.subjects().forEach(this::judge);
            reading.subjects().stream().filter(Subject::counted).forEach(this::count);
            judged.clear();
        }

        private void count(Subject subject) {
            resources++;
            if (!judged.contains(subject.address())) {
                String type = subject.kind().substring(subject.kind().indexOf('/') + 1);
                unjudged.merge(type, 1, Integer::sum);
            }
        }

        /// What a module from elsewhere holds is not in the files, so no rule judges it.
        private void count(EvaluatedModule.Call call) {
            if (!call.local()) {
                resources++;
                unjudged.merge("module " + Shown.of(call.source()), 1, Integer::sum);
            }
        }

        private void judgeSecrets(String file, String text) {
            for (Secret secret : SecretDetector.inFile(file, text)) {
                judge(SecretSubject.of(file, secret));
            }
        }

        private void judge(Subject subject) {
            for (Rule rule : catalog.forKind(subject.kind())) {
                judge(rule, subject);
            }
        }

        private void judge(Rule rule, Subject subject) {
            CompiledRule compiled;
            try {
                compiled = catalog.compiled(rule);
            } catch (InvalidInput e) {
                errors.add(
                        new RuleError(rule.id(), rule.file(), 1, String.valueOf(e.getMessage())));
                return;
            }
            Answer answer = compiled.judge(subject);
            boolean untold = answer instanceof Answer.Unknown && subject.partial();
            if (answer == null || untold) {
                return;
            }
            judged.add(subject.address());
            Count count = counts.computeIfAbsent(rule.id(), id -> new Count(rule));
            switch (answer) {
                case Answer.Holds _ -> {
                    count.passed++;
                    trace.accept(judgement(rule, subject, Judgement.Result.HELD));
                }
                case Answer.Fails _ -> {
                    count.failed++;
                    trace.accept(judgement(rule, subject, Judgement.Result.FAILED));
                    hits.add(new Hit(rule, compiled.finding(subject), subject));
                }
                case Answer.Unknown unknown -> {
                    count.unknown++;
                    trace.accept(judgement(rule, subject, Judgement.Result.UNKNOWN));
                    unknowns.add(compiled.unknown(subject, unknown.why()));
                }
                case Answer.Broken broken ->
                        errors.add(
                                new RuleError(
                                        rule.id(),
                                        subject.place().file(),
                                        subject.place().line(),
                                        broken.why()));
            }
        }

        private static Judgement judgement(Rule rule, Subject subject, Judgement.Result result) {
            return new Judgement(
                    rule.id(),
                    subject.address().isEmpty() ? null : Shown.of(subject.address()),
                    subject.place().file(),
                    subject.place().line(),
                    result);
        }

        private List<Tally> tallies() {
            return counts.values().stream()
                    .map(count ->
                            new Tally(
                                    count.rule.id(),
                                    count.rule.severity(),
                                    count.passed,
                                    count.failed,
                                    count.unknown))
                    .toList();
        }
    }

    private static final class Count {
        private final Rule rule;
        private int passed;
        private int failed;
        private int unknown;

        Count(Rule rule) {
            this.rule = rule;
        }
    }
}
