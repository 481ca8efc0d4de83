package dev.devopspack.gate;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict.Check;
import dev.devopspack.gate.Verdict.Check.Result;
import dev.devopspack.gate.Verdict.Status;
import dev.devopspack.policy.ComplianceAssessment;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ComplianceProfile.Control;
import dev.devopspack.policy.ComplianceProfile.Evidence;
import dev.devopspack.policy.ControlState;
import dev.devopspack.policy.ControlState.Attested;
import dev.devopspack.policy.ControlState.NotApplicable;
import dev.devopspack.policy.ControlState.NotEvaluated;
import dev.devopspack.policy.ControlState.Satisfied;
import dev.devopspack.policy.ControlState.Violated;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// `gate.compliance.audit`: every control of a profile is satisfied, does not apply, or is excused
/// by a person. It passes only with nothing violated and nothing left unevaluated.
public final class ComplianceGate {

    public static final int THRESHOLD_PERCENT = 100;

    private final ComplianceProfile baseline;

    public ComplianceGate(ComplianceProfile baseline) {
        this.baseline = baseline;
    }

    /// By the baseline alone.
    public Verdict judge(GateInput input) {
        return judge(input, List.of());
    }

    /// By the baseline, and by the profiles that were chosen for the target.
    ///
    /// A control of a chosen profile that no rule can judge is listed as skipped with its reason
    /// and counts in the coverage, not in the score: a file cannot show that people are trained.
    public Verdict judge(GateInput input, List<ComplianceProfile> chosen) {
        List<ComplianceProfile> profiles = new ArrayList<>(List.of(baseline));
        profiles.addAll(chosen);
        List<ComplianceAssessment> assessments =
                profiles.stream()
                        .map(profile ->
                                ComplianceAssessment.of(
                                        profile,
                                        input.scan(),
                                        evidence -> ofEvidence(evidence, input)))
                        .toList();
        List<Weighed> weighed =
                assessments.stream().flatMap(each -> weighed(each, input).stream()).toList();
        Tallied tallied = Tallied.of(weighed);
        return new Verdict(
                GateId.COMPLIANCE,
                input.changeSet(),
                digest(profiles, input.scan()),
                tallied.score(),
                THRESHOLD_PERCENT,
                findings(weighed, input.scan()),
                weighed.stream().map(Weighed::check).toList(),
                tallied.summary() + coverage(assessments),
                status(weighed));
    }

    private static Digest digest(List<ComplianceProfile> profiles, ScanResult scan) {
        String profile =
                profiles.size() == 1
                        ? profiles.getFirst().digest().value()
                        : Digest.of(
                                        profiles.stream()
                                                .map(each -> each.digest().value())
                                                .collect(Collectors.joining("\n")))
                                .value();
        return Canonical.digest(
                Map.of(
                        "format",
                        "devops-pack/profile-and-rules/v1",
                        "profile",
                        profile,
                        "ruleset",
                        scan.ruleset().value()));
    }

    /// A control with its state here.
    ///
    /// @param id with the profile's name before it, where it is not of the baseline
    private record Weighed(String id, Control control, ControlState state) {

        /// Nothing that files or this program could show decides it.
        boolean skipped() {
            return !control.automated() && state instanceof NotEvaluated;
        }

        Check check() {
            Result result =
                    switch (state) {
                        case Satisfied _ -> Result.PASSED;
                        case Violated _ -> Result.FAILED;
                        case NotApplicable _ -> Result.NOT_APPLICABLE;
                        case ControlState.Waived _ -> Result.WAIVED;
                        case Attested _ -> Result.ATTESTED;
                        case NotEvaluated _ -> skipped() ? Result.SKIPPED : Result.UNKNOWN;
                    };
            return new Check(id, control.title(), result, state.why());
        }
    }

    private static List<Weighed> weighed(ComplianceAssessment assessment, GateInput input) {
        String before = assessment.profile().isBaseline() ? "" : assessment.profile().name() + " ";
        return assessment.controls().stream()
                .map(judged -> {
                    String id = before + judged.control().id();
                    return new Weighed(
                            id,
                            judged.control(),
                            state(id, waived(judged.control(), judged.state(), input), input));
                })
                .toList();
    }

    /// What only waived findings violate is waived: whatever else holds, it does not hold there.
    private static ControlState waived(Control control, ControlState judged, GateInput input) {
        Set<String> rules = Set.copyOf(control.rules());
        List<Waived> waived =
                input.waived().stream()
                        .filter(each ->
                                each.findings().stream().anyMatch(f -> rules.contains(f.rule())))
                        .toList();
        boolean excused =
                switch (judged) {
                    case Satisfied _, NotApplicable _ -> !waived.isEmpty();
                    // Nothing is left to evaluate where all of it is waived.
                    case NotEvaluated _ ->
                            !waived.isEmpty()
                                    && input.scan().evaluations() == 0
                                    && input.scan().complete();
                    case Violated _, ControlState.Waived _, Attested _ -> false;
                };
        return excused
                ? new ControlState.Waived(
                        waived.stream().map(Waived::text).collect(Collectors.joining("; ")))
                : judged;
    }

    private static ControlState state(String id, ControlState judged, GateInput input) {
        return input.evidence().exemptions().stream()
                .filter(exemption -> exemption.control().equals(id))
                .findFirst()
                .map(ComplianceGate::excused)
                .orElse(judged);
    }

    private static String coverage(List<ComplianceAssessment> assessments) {
        return assessments.stream()
                .filter(each -> !each.profile().isBaseline())
                .map(each ->
                        "; "
                                + each.profile().name()
                                + " covers "
                                + each.profile().automated()
                                + " of "
                                + each.profile().controls().size()
                                + " controls")
                .collect(Collectors.joining());
    }

    private static ControlState excused(ComplianceEvidence.Exemption exemption) {
        String why = exemption.who() + ": " + exemption.why() + ", until " + exemption.until();
        return switch (exemption.kind()) {
            case WAIVED -> new ControlState.Waived(why);
            case ATTESTED -> new Attested(why);
        };
    }

    private static ControlState ofEvidence(Evidence evidence, GateInput input) {
        ComplianceEvidence known = input.evidence();
        return switch (evidence) {
            case PLAN_OR_DIFFERENCE ->
                    fact(
                            known.planOrDifferencePresent(),
                            "a plan or the difference to the last release is there",
                            "neither a plan nor a difference to the last release is there");
            case SCAN_COMPLETE ->
                    fact(
                            known.scanComplete() && input.scan().complete(),
                            "every file was read and every rule answered",
                            "a file could not be read or a rule gave no answer");
            case APPROVAL_POLICY ->
                    fact(
                            known.approvalPolicyForTarget(),
                            "an approval policy covers the target",
                            "no approval policy covers the target");
            case REQUESTER_KNOWN ->
                    fact(
                            known.requesterKnown(),
                            "the person behind the request is known",
                            "nobody knows which person is behind the request");
            case AUDIT_VERIFIED ->
                    fact(
                            known.auditVerified(),
                            "the audit log was verified up to its newest entry",
                            "the audit log was not verified");
        };
    }

    private static ControlState fact(boolean holds, String satisfied, String violated) {
        return holds ? new Satisfied(satisfied) : new Violated(violated);
    }

    private static List<Finding> findings(List<Weighed> weighed, ScanResult scan) {
        Set<String> rules =
                weighed.stream()
                        .filter(each -> each.state() instanceof Violated)
                        .flatMap(each -> each.control().rules().stream())
                        .collect(Collectors.toSet());
        return scan.findings().stream().filter(finding -> rules.contains(finding.rule())).toList();
    }

    private static Status status(List<Weighed> weighed) {
        List<String> reasons = new ArrayList<>();
        for (Weighed each : weighed) {
            if (each.state() instanceof Violated) {
                reasons.add(each.id() + " is violated: " + each.state().why());
            } else if (each.state() instanceof NotEvaluated && !each.skipped()) {
                reasons.add(each.id() + " is not evaluated: " + each.state().why());
            }
        }
        return reasons.isEmpty()
                ? new Status.Passed()
                : new Status.Failed(String.join("; ", reasons));
    }

    /// The numbers that are printed together, never one alone.
    private record Tallied(
            int satisfied,
            int violated,
            int notApplicable,
            int waived,
            int attested,
            int notEvaluated) {

        static Tallied of(List<Weighed> weighed) {
            int[] counts = new int[6];
            weighed.stream()
                    .filter(each -> !each.skipped())
                    .forEach(each ->
                            counts[
                                    switch (each.state()) {
                                        case Satisfied _ -> 0;
                                        case Violated _ -> 1;
                                        case NotApplicable _ -> 2;
                                        case ControlState.Waived _ -> 3;
                                        case Attested _ -> 4;
                                        case NotEvaluated _ -> 5;
                                    }]++);
            return new Tallied(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
        }

        private int applicable() {
            return satisfied + violated + waived + attested + notEvaluated;
        }

        Score score() {
            int applicable = applicable();
            return applicable == 0
                    ? Score.NONE
                    : new Score((long) satisfied + waived + attested, applicable);
        }

        String summary() {
            StringBuilder text =
                    new StringBuilder()
                            .append(satisfied)
                            .append('/')
                            .append(applicable())
                            .append(" satisfied, ")
                            .append(notApplicable)
                            .append(" not applicable, ")
                            .append(waived)
                            .append(" waived");
            append(text, violated, "violated");
            append(text, notEvaluated, "not evaluated");
            append(text, attested, "attested");
            return text.toString();
        }

        private static void append(StringBuilder text, int count, String what) {
            if (count > 0) {
                text.append(", ").append(count).append(' ').append(what);
            }
        }
    }
}
