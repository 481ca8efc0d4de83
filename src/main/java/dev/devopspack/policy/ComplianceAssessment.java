package dev.devopspack.policy;

import dev.devopspack.policy.ComplianceProfile.Control;
import dev.devopspack.policy.ComplianceProfile.Evidence;
import dev.devopspack.policy.ControlState.NotApplicable;
import dev.devopspack.policy.ControlState.NotEvaluated;
import dev.devopspack.policy.ControlState.Satisfied;
import dev.devopspack.policy.ControlState.Violated;
import dev.devopspack.policy.ScanResult.Tally;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a scan says of each control of a profile.
///
/// @param controls in the order of the profile
public record ComplianceAssessment(ComplianceProfile profile, List<Judged> controls) {

    /// Rules that are named in the reason of a violated control; all are beside it.
    private static final int MAX_NAMED = 4;

    public ComplianceAssessment {
        controls = List.copyOf(controls);
    }

    /// @param rules how often each of its rules held, where it was evaluated at all
    /// @param findings what violates it
    public record Judged(
            Control control, ControlState state, List<Tally> rules, List<Finding> findings) {
        public Judged {
            rules = List.copyOf(rules);
            findings = List.copyOf(findings);
        }
    }

    /// @param evidence the state of a control of evidence, for whoever knows it
    public static ComplianceAssessment of(
            ComplianceProfile profile, ScanResult scan, Function<Evidence, ControlState> evidence) {
        Map<String, Tally> tallies =
                scan.tallies().stream().collect(Collectors.toMap(Tally::rule, tally -> tally));
        Map<String, List<Finding>> findings =
                scan.findings().stream().collect(Collectors.groupingBy(Finding::rule));
        List<Judged> judged = new ArrayList<>();
        for (Control control : profile.controls()) {
            List<Tally> own =
                    control.rules().stream()
                            .flatMap(rule -> Optional.ofNullable(tallies.get(rule)).stream())
                            .toList();
            judged.add(
                    new Judged(
                            control,
                            state(control, own, scan, evidence),
                            own,
                            control.rules().stream()
                                    .flatMap(
                                            rule -> findings.getOrDefault(rule, List.of()).stream())
                                    .toList()));
        }
        return new ComplianceAssessment(profile, judged);
    }

    private static ControlState state(
            Control control,
            List<Tally> own,
            ScanResult scan,
            Function<Evidence, ControlState> evidence) {
        if (control.evidence().isPresent()) {
            return evidence.apply(control.evidence().get());
        }
        return control.rules().isEmpty()
                ? new NotEvaluated(control.unseen().orElse("no rule judges it"))
                : ofRules(control, own, scan);
    }

    private static ControlState ofRules(Control control, List<Tally> own, ScanResult scan) {
        int failed = own.stream().mapToInt(Tally::failed).sum();
        int unknown = own.stream().mapToInt(Tally::unknown).sum();
        int passed = own.stream().mapToInt(Tally::passed).sum();
        int all = failed + unknown + passed;
        if (failed > 0) {
            return new Violated(
                    failed
                            + " of "
                            + all
                            + " evaluations failed: "
                            + named(own, tally -> tally.failed() > 0));
        }
        if (unknown > 0) {
            return new NotEvaluated(
                    "the files do not tell in "
                            + unknown
                            + " of "
                            + all
                            + " evaluations: "
                            + named(own, tally -> tally.unknown() > 0));
        }
        Set<String> rules = new HashSet<>(control.rules());
        boolean broken = scan.errors().stream().anyMatch(error -> rules.contains(error.rule()));
        if (broken || !scan.unreadable().isEmpty()) {
            return new NotEvaluated("not everything could be read or judged");
        }
        return passed > 0
                ? new Satisfied(
                        passed
                                + " of "
                                + passed
                                + " evaluations held: "
                                + named(own, tally -> tally.passed() > 0))
                : noSubject(scan);
    }

    private static String named(List<Tally> tallies, Predicate<Tally> which) {
        List<String> rules = tallies.stream().filter(which).map(Tally::rule).toList();
        int more = rules.size() - MAX_NAMED;
        return rules.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /// Nothing that the control is about is in the files; that is only sure where rules know some
    /// of what is in them.
    private static ControlState noSubject(ScanResult scan) {
        boolean nothingJudged = scan.resources() > 0 && scan.evaluations() == 0;
        return nothingJudged
                ? new NotEvaluated("no rule judges any of the resources")
                : new NotApplicable("the files hold nothing that the control is about");
    }

    /// How many controls are in a state.
    public long count(Class<? extends ControlState> state) {
        return controls.stream().filter(judged -> state.isInstance(judged.state())).count();
    }

    /// The share of the controls that apply and could be judged which are satisfied; none where
    /// there is no such control. Never shown without {@link #coverage()}.
    public Optional<Score> conformance() {
        long satisfied = count(Satisfied.class);
        long judged = satisfied + count(Violated.class);
        return judged == 0 ? Optional.empty() : Optional.of(new Score(satisfied, judged));
    }

    /// The share of the profile's controls of which rules or evidence say anything.
    public Score coverage() {
        return new Score(profile.automated(), profile.controls().size());
    }
}
