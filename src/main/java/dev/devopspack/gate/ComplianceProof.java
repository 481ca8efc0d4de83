package dev.devopspack.gate;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.gate.Verdict.Check;
import dev.devopspack.language.data.ShippedFile;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ComplianceProfile.Control;
import dev.devopspack.policy.ComplianceProfile.Evidence;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.InjectionPairs;
import dev.devopspack.policy.Rule;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.ScanResult.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Shows that the compliance gate is sensitive: one violation for each control that it can judge
/// must turn exactly that control, and those that share the rule.
///
/// Before: a module that meets the baseline, and an example for which the rule holds. After: the
/// same with an example for which it does not. Both examples are the rule's own. Where the module
/// or the first example violates the control for another reason, it is left away. For a control of
/// evidence that one piece is missing.
public final class ComplianceProof {

    private static final String PASSING = "/profiles/passing.tf";

    /// Beside the example, in a folder of its own: a root module for itself.
    private static final String PASSING_NAME = "passing/main.tf";

    /// Examples differ in more than the one thing; this many pairs are tried for one that does not.
    private static final int MAX_TRIES = 60;

    private final RuleCatalog rules;
    private final ComplianceProfiles profiles;
    private final ComplianceGate gate;
    private final Scan scan;
    private final String passing = ShippedFile.text(PASSING);
    private final Map<String, List<InjectionPairs.Pair>> pairs = InjectionPairs.shipped();
    private final Map<Files, ScanResult> scanned = new HashMap<>();

    public ComplianceProof(RuleCatalog rules, ComplianceProfiles profiles) {
        this.rules = rules;
        this.profiles = profiles;
        this.gate = new ComplianceGate(profiles.baseline());
        this.scan = new Scan(rules);
    }

    /// What one injection came to.
    ///
    /// @param control the id that it was made for
    /// @param by the rule whose examples were used, or the evidence that was missing
    /// @param detected whether the control turned and the gate failed
    /// @param sharing other controls that turned because they share the rule
    /// @param others controls that turned although they do not, each with the rules that did it
    public record Injection(
            String control,
            String by,
            boolean detected,
            List<String> sharing,
            List<String> others) {

        public Injection {
            sharing = List.copyOf(sharing);
            others = List.copyOf(others);
        }

        /// Whether it turned its control and, beside that, only those that share the rule.
        public boolean exact() {
            return detected && others.isEmpty();
        }
    }

    /// @param injections one for each control that has rules or evidence, in the profile's order
    public record Proven(ComplianceProfile profile, List<Injection> injections) {

        public Proven {
            injections = List.copyOf(injections);
        }

        public long detected() {
            return injections.stream().filter(Injection::detected).count();
        }

        public long exact() {
            return injections.stream().filter(Injection::exact).count();
        }

        /// Whether every violation was seen, each for what it is.
        public boolean holds() {
            return exact() == injections.size();
        }
    }

    /// @param profile one of {@link ComplianceProfiles#names()}
    public Proven of(String profile) {
        ComplianceProfile proven = profiles.find(profile, "profile");
        return new Proven(
                proven,
                proven.controls().stream()
                        .filter(Control::automated)
                        .map(control -> injection(proven, control))
                        .toList());
    }

    private Injection injection(ComplianceProfile profile, Control control) {
        Optional<Evidence> evidence = control.evidence();
        if (evidence.isPresent()) {
            return ofEvidence(profile, control, evidence.get());
        }
        Injection best = new Injection(control.id(), "no example", false, List.of(), List.of());
        int tries = 0;
        for (String id : control.rules()) {
            Rule rule = rules.find(id).orElseThrow();
            for (Swap swap : swaps(rule)) {
                best = better(best, ofRule(profile, control, rule, swap));
                tries++;
                if (best.exact() || (tries >= MAX_TRIES && best.detected())) {
                    return best;
                }
            }
        }
        return best;
    }

    /// What there is before and after.
    private record Swap(ScanResult before, ScanResult after) {}

    /// Each is scanned when it is asked for.
    private Iterable<Swap> swaps(Rule rule) {
        Stream<Supplier<Swap>> paired =
                pairs.getOrDefault(rule.id(), List.of()).stream()
                        .flatMap(pair -> around(pair.holds(), pair.fails()));
        Stream<Supplier<Swap>> own =
                examples(rule, false).stream()
                        .flatMap(fails ->
                                Stream.concat(
                                        examples(rule, true).stream()
                                                .flatMap(holds -> around(holds, fails)),
                                        Stream.of(() -> swap(true, null, fails))));
        return Stream.concat(paired, own).map(Supplier::get)::iterator;
    }

    private Stream<Supplier<Swap>> around(Rule.Example holds, Rule.Example fails) {
        return Stream.of(() -> swap(true, holds, fails), () -> swap(false, holds, fails));
    }

    private Swap swap(boolean withModule, Rule.@Nullable Example holds, Rule.Example fails) {
        return new Swap(scanned(withModule, holds), scanned(withModule, fails));
    }

    private static List<Rule.Example> examples(Rule rule, boolean passes) {
        return rule.examples().stream().filter(example -> example.passes() == passes).toList();
    }

    private static Injection better(Injection one, Injection other) {
        if (one.detected() != other.detected()) {
            return one.detected() ? one : other;
        }
        return one.others().size() <= other.others().size() ? one : other;
    }

    private Injection ofEvidence(ComplianceProfile profile, Control control, Evidence evidence) {
        ScanResult result = scan.of(Artifacts.of(Artifact.of(PASSING_NAME, passing)));
        Verdict before = judge(profile, result, without(null));
        Verdict after = judge(profile, result, without(evidence));
        Set<String> turned = turned(profile, before, after);
        boolean detected = turned.remove(control.id()) && !after.opens();
        return new Injection(
                control.id(), evidence.label(), detected, List.of(), List.copyOf(turned));
    }

    private static ComplianceEvidence without(@Nullable Evidence missing) {
        return new ComplianceEvidence(
                missing != Evidence.PLAN_OR_DIFFERENCE,
                missing != Evidence.SCAN_COMPLETE,
                missing != Evidence.AUDIT_VERIFIED,
                missing != Evidence.APPROVAL_POLICY,
                missing != Evidence.REQUESTER_KNOWN);
    }

    private Injection ofRule(ComplianceProfile profile, Control control, Rule rule, Swap swap) {
        Verdict after = judge(profile, swap.after(), without(null));
        Set<String> turned = turned(profile, judge(profile, swap.before(), without(null)), after);
        boolean detected = turned.remove(control.id()) && !after.opens();
        List<String> sharing = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Set<String> newlyFailed = newlyFailed(swap.before(), swap.after());
        for (String id : turned) {
            List<String> its = profile.control(id).orElseThrow().rules();
            if (its.contains(rule.id())) {
                sharing.add(id);
            } else {
                others.add(
                        id
                                + " (by "
                                + String.join(
                                        ", ", its.stream().filter(newlyFailed::contains).toList())
                                + ")");
            }
        }
        return new Injection(control.id(), rule.id(), detected, sharing, others);
    }

    private ScanResult scanned(boolean withModule, Rule.@Nullable Example example) {
        return scanned.computeIfAbsent(
                new Files(withModule, example), files -> scan.of(files.artifacts(passing)));
    }

    /// What is scanned: the module, an example, or both.
    private record Files(boolean withModule, Rule.@Nullable Example example) {

        Artifacts artifacts(String passing) {
            List<Artifact> files = new ArrayList<>();
            if (withModule) {
                files.add(Artifact.of(PASSING_NAME, passing));
            }
            if (example != null) {
                files.add(Artifact.of(example.file(), example.text()));
            }
            return new Artifacts(files);
        }
    }

    private Verdict judge(
            ComplianceProfile profile, ScanResult result, ComplianceEvidence evidence) {
        return gate.judge(
                new GateInput(
                        Digest.of(profile.name()),
                        Artifacts.of(Artifact.of(PASSING_NAME, passing)),
                        result,
                        evidence),
                profile.isBaseline() ? List.of() : List.of(profile));
    }

    private static Set<String> turned(ComplianceProfile profile, Verdict before, Verdict after) {
        Set<String> turned = new TreeSet<>(violated(profile, after));
        turned.removeAll(violated(profile, before));
        return turned;
    }

    private static Collection<String> violated(ComplianceProfile profile, Verdict verdict) {
        String prefix = profile.isBaseline() ? "" : profile.name() + " ";
        return verdict.checks().stream()
                .filter(check -> check.result() == Check.Result.FAILED)
                .map(Check::id)
                .filter(id -> id.startsWith(prefix))
                .map(id -> id.substring(prefix.length()))
                .toList();
    }

    private static Set<String> newlyFailed(ScanResult good, ScanResult bad) {
        Set<String> rules = failed(bad);
        rules.removeAll(failed(good));
        return rules;
    }

    private static Set<String> failed(ScanResult result) {
        Set<String> rules = new HashSet<>();
        result.tallies().stream()
                .filter(tally -> tally.failed() > 0)
                .map(Tally::rule)
                .forEach(rules::add);
        return rules;
    }
}
