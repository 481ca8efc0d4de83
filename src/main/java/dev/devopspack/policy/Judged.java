package dev.devopspack.policy;

import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.policy.ScanResult.RuleError;
import dev.devopspack.policy.ScanResult.Tally;
import dev.devopspack.policy.Suppressions.Hit;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the rules said of some of a scan's subjects. One thread fills it; several are joined in an
/// order that the files decide.
final class Judged {

    private final RuleCatalog catalog;
    private final Map<String, Count> counts = new TreeMap<>();
    private final Map<String, Integer> unjudged = new TreeMap<>();
    private final Set<String> judged = new HashSet<>();
    private int resources;
    final List<Hit> hits = new ArrayList<>();
    final List<Finding> unknowns = new ArrayList<>();
    final List<RuleError> errors = new ArrayList<>();

    /// One for each time that a rule applied to something, where that is asked for.
    final List<Judgement> trace = new ArrayList<>();

    /// The findings that a machine can mend.
    final List<Fixable> fixables = new ArrayList<>();

    record Fixable(Rule rule, Fix fix, Finding finding, Subject.Written written) {}

    /// The resources that the files declare, without instance keys.
    final Set<String> addresses = new HashSet<>();

    private final boolean traces;

    Judged(RuleCatalog catalog, boolean traces) {
        this.catalog = catalog;
        this.traces = traces;
    }

    /// Takes over what another one says.
    Judged join(Judged other) {
        other.counts.forEach((rule, count) ->
                counts.computeIfAbsent(rule, id -> new Count(count.rule)).add(count));
        other.unjudged.forEach((type, number) -> unjudged.merge(type, number, Integer::sum));
        judged.addAll(other.judged);
        resources += other.resources;
        hits.addAll(other.hits);
        unknowns.addAll(other.unknowns);
        errors.addAll(other.errors);
        trace.addAll(other.trace);
        fixables.addAll(other.fixables);
        addresses.addAll(other.addresses);
        return this;
    }

    int resources() {
        return resources;
    }

    Map<String, Integer> unjudged() {
        return unjudged;
    }

    List<Tally> tallies() {
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

    /// A resource, after all that belongs to it was judged.
    void count(Subject subject) {
        resources++;
        if (!judged.contains(subject.address())) {
            String type = subject.kind().substring(subject.kind().indexOf('/') + 1);
            unjudged.merge(type, 1, Integer::sum);
        }
    }

    /// What a module from elsewhere holds is not in the files, so no rule judges it.
    void count(EvaluatedModule.Call call) {
        if (!call.local()) {
            resources++;
            unjudged.merge("module " + Shown.of(call.source()), 1, Integer::sum);
        }
    }

    void declare(EvaluatedResource resource) {
        addresses.add(Relations.withoutKeys(resource.address()));
    }

    boolean declares(Subject subject) {
        return addresses.contains(Relations.withoutKeys(subject.address()));
    }

    /// How many of the resources both declare.
    int inCommon(Judged other) {
        boolean smaller = addresses.size() < other.addresses.size();
        Set<String> few = smaller ? addresses : other.addresses;
        Set<String> many = smaller ? other.addresses : addresses;
        int common = 0;
        for (String address : few) {
            common += many.contains(address) ? 1 : 0;
        }
        return common;
    }

    /// Forgets which addresses were judged: those of the next files are others.
    void closeFiles() {
        judged.clear();
    }

    /// Tells once what several objects take from the same lines of the same file.
    void tellOnce() {
        Set<Told> told = new HashSet<>();
        hits.removeIf(hit -> !told.add(Told.of(hit.finding())));
        told.clear();
        unknowns.removeIf(unknown -> !told.add(Told.of(unknown)));
        Set<Edit> edits = new HashSet<>();
        fixables.removeIf(each -> !edits.add(new Edit(each.rule().id(), each.written())));
    }

    private record Edit(String rule, Subject.Written written) {}

    private record Told(String rule, String file, int line, int column, String message) {

        static Told of(Finding finding) {
            return new Told(
                    finding.rule(),
                    finding.file(),
                    finding.line(),
                    finding.column(),
                    finding.message());
        }
    }

    void judge(Subject subject) {
        List<RuleCatalog.ReadRule> rules = catalog.forKind(subject.kind());
        for (int i = 0; i < rules.size(); i++) {
            judge(rules.get(i), subject);
        }
    }

    private void judge(RuleCatalog.ReadRule read, Subject subject) {
        Rule rule = read.rule();
        CompiledRule compiled;
        try {
            compiled = read.compiled();
        } catch (InvalidInput e) {
            errors.add(new RuleError(rule.id(), rule.file(), 1, String.valueOf(e.getMessage())));
            return;
        }
        Answer answer = compiled.judge(subject);
        boolean untold = answer instanceof Answer.Unknown && subject.partial();
        if (answer == null || untold) {
            return;
        }
        if (!subject.weighed()) {
            switch (answer) {
                case Answer.Holds _ -> {}
                case Answer.Fails _ -> hits.add(Hit.of(rule, compiled.finding(subject), subject));
                case Answer.Unknown unknown ->
                        unknowns.add(compiled.unknown(subject, unknown.why()));
                case Answer.Broken broken -> errors.add(error(rule, subject, broken));
            }
            return;
        }
        judged.add(subject.address());
        Count count = counts.computeIfAbsent(rule.id(), id -> new Count(rule));
        switch (answer) {
            case Answer.Holds _ -> {
                count.passed++;
                trace(rule, subject, Judgement.Result.HELD);
            }
            case Answer.Fails _ -> {
                count.failed++;
                trace(rule, subject, Judgement.Result.FAILED);
                Finding finding = compiled.finding(subject);
                hits.add(Hit.of(rule, finding, subject));
                rule.mechanicalMend()
                        .ifPresent(fix ->
                                subject.written()
                                        .ifPresent(written ->
                                                fixables.add(
                                                        new Fixable(rule, fix, finding, written))));
            }
            case Answer.Unknown unknown -> {
                count.unknown++;
                trace(rule, subject, Judgement.Result.UNKNOWN);
                unknowns.add(compiled.unknown(subject, unknown.why()));
            }
            case Answer.Broken broken -> errors.add(error(rule, subject, broken));
        }
    }

    private static RuleError error(Rule rule, Subject subject, Answer.Broken broken) {
        return new RuleError(
                rule.id(), subject.place().file(), subject.place().line(), broken.why());
    }

    private void trace(Rule rule, Subject subject, Judgement.Result result) {
        if (traces) {
            trace.add(
                    new Judgement(
                            rule.id(),
                            subject.address().isEmpty() ? null : Shown.of(subject.address()),
                            subject.place().file(),
                            subject.place().line(),
                            result));
        }
    }

    /// Takes the answers of a plan where the files did not tell.
    void decideBy(Judged plan) {
        Map<Asked, Set<Judgement.Result>> said = new HashMap<>();
        plan.trace.forEach(each ->
                said.computeIfAbsent(Asked.of(each.rule(), each.resource()), k -> new HashSet<>())
                        .add(each.result()));
        Map<Asked, Hit> failed = new HashMap<>();
        plan.hits.forEach(hit -> failed.put(Asked.of(hit.finding()), hit));
        List<Finding> undecided = List.copyOf(unknowns);
        unknowns.clear();
        for (Finding unknown : undecided) {
            Set<Judgement.Result> results = said.getOrDefault(Asked.of(unknown), Set.of());
            Count count = counts.get(unknown.rule());
            if (count == null || results.isEmpty() || results.contains(Judgement.Result.UNKNOWN)) {
                unknowns.add(unknown);
                continue;
            }
            count.unknown--;
            Hit hit = failed.get(Asked.of(unknown));
            if (hit == null) {
                count.passed++;
            } else {
                count.failed++;
                hits.add(hit.at(unknown));
            }
            Judgement.Result result = hit == null ? Judgement.Result.HELD : Judgement.Result.FAILED;
            trace.replaceAll(each ->
                    each.result() == Judgement.Result.UNKNOWN
                                    && Asked.of(each.rule(), each.resource())
                                            .equals(Asked.of(unknown))
                            ? new Judgement(
                                    each.rule(), each.resource(), each.file(), each.line(), result)
                            : each);
        }
    }

    /// @param resource without instance keys: where the files do not tell how many there are, the
    ///   plan has each
    private record Asked(String rule, String resource) {

        static Asked of(String rule, @Nullable String resource) {
            return new Asked(rule, resource == null ? "" : Relations.withoutKeys(resource));
        }

        static Asked of(Finding finding) {
            return of(finding.rule(), finding.resource());
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

        void add(Count other) {
            passed += other.passed;
            failed += other.failed;
            unknown += other.unknown;
        }
    }
}
