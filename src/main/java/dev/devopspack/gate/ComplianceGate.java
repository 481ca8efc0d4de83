package dev.devopspack.gate;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.gate.ControlState.Attested;
import dev.devopspack.gate.ControlState.NotApplicable;
import dev.devopspack.gate.ControlState.NotEvaluated;
import dev.devopspack.gate.ControlState.Satisfied;
import dev.devopspack.gate.ControlState.Violated;
import dev.devopspack.gate.ControlState.Waived;
import dev.devopspack.gate.Verdict.Check;
import dev.devopspack.gate.Verdict.Check.Result;
import dev.devopspack.gate.Verdict.Status;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ComplianceProfile.Control;
import dev.devopspack.policy.ComplianceProfile.Evidence;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.ScanResult.Tally;
import dev.devopspack.policy.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// `gate.compliance.audit`: every control of a profile is satisfied, does not apply, or is excused
/// by a person. It passes only with nothing violated and nothing left unevaluated.
public final class ComplianceGate {

    public static final int THRESHOLD_PERCENT = 100;

    private final ComplianceProfile profile;

    public ComplianceGate(ComplianceProfile profile) {
        this.profile = profile;
    }

    public Verdict judge(GateInput input) {
        Map<Control, ControlState> states = new LinkedHashMap<>();
        for (Control control : profile.controls()) {
            states.put(control, state(control, input));
        }
        Tallied tallied = Tallied.of(states);
        return new Verdict(
                GateId.COMPLIANCE,
                input.changeSet(),
                digest(input.scan()),
                tallied.score(),
                THRESHOLD_PERCENT,
                findings(states, input.scan()),
                states.entrySet().stream().map(e -> check(e.getKey(), e.getValue())).toList(),
                tallied.summary(),
                status(states));
    }

    private Digest digest(ScanResult scan) {
        return Canonical.digest(
                Map.of(
                        "format", "devops-pack/profile-and-rules/v1",
                        "profile", profile.digest().value(),
                        "ruleset", scan.ruleset().value()));
    }

    private static ControlState state(Control control, GateInput input) {
        return input.evidence().exemptions().stream()
                .filter(exemption -> exemption.control().equals(control.id()))
                .findFirst()
                .map(ComplianceGate::excused)
                .orElseGet(() -> judged(control, input));
    }

    private static ControlState excused(ComplianceEvidence.Exemption exemption) {
        String why = exemption.who() + ": " + exemption.why() + ", until " + exemption.until();
        return switch (exemption.kind()) {
            case WAIVED -> new Waived(why);
            case ATTESTED -> new Attested(why);
        };
    }

    private static ControlState judged(Control control, GateInput input) {
        return control.evidence()
                .map(evidence -> ofEvidence(evidence, input))
                .orElseGet(() -> ofRules(Set.copyOf(control.rules()), input.scan()));
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

    private static ControlState ofRules(Set<String> rules, ScanResult scan) {
        List<Tally> tallies =
                scan.tallies().stream().filter(tally -> rules.contains(tally.rule())).toList();
        int failed = tallies.stream().mapToInt(Tally::failed).sum();
        int unknown = tallies.stream().mapToInt(Tally::unknown).sum();
        int passed = tallies.stream().mapToInt(Tally::passed).sum();
        boolean broken = scan.errors().stream().anyMatch(error -> rules.contains(error.rule()));
        if (failed > 0) {
            return new Violated(
                    failed + " of " + (failed + unknown + passed) + " evaluations failed");
        }
        if (unknown > 0) {
            return new NotEvaluated("the files do not tell in " + unknown + " evaluations");
        }
        if (broken || !scan.unreadable().isEmpty()) {
            return new NotEvaluated("not everything could be read or judged");
        }
        return passed > 0
                ? new Satisfied(passed + " of " + passed + " evaluations held")
                : noSubject(scan);
    }

    /// Nothing that the control is about is in the files; that is only sure where rules know some
    /// of what is in them.
    private static ControlState noSubject(ScanResult scan) {
        boolean nothingJudged = scan.resources() > 0 && scan.evaluations() == 0;
        return nothingJudged
                ? new NotEvaluated("no rule judges any of the resources")
                : new NotApplicable("the files hold nothing that the control is about");
    }

    private static List<Finding> findings(Map<Control, ControlState> states, ScanResult scan) {
        Set<String> rules =
                states.entrySet().stream()
                        .filter(entry -> entry.getValue() instanceof Violated)
                        .flatMap(entry -> entry.getKey().rules().stream())
                        .collect(Collectors.toSet());
        return scan.findings().stream().filter(finding -> rules.contains(finding.rule())).toList();
    }

    private static Check check(Control control, ControlState state) {
        Result result =
                switch (state) {
                    case Satisfied _ -> Result.PASSED;
                    case Violated _ -> Result.FAILED;
                    case NotApplicable _ -> Result.NOT_APPLICABLE;
                    case Waived _ -> Result.WAIVED;
                    case Attested _ -> Result.ATTESTED;
                    case NotEvaluated _ -> Result.UNKNOWN;
                };
        return new Check(control.id(), control.title(), result, state.why());
    }

    private static Status status(Map<Control, ControlState> states) {
        List<String> reasons = new ArrayList<>();
        states.forEach((control, state) -> {
            if (state instanceof Violated) {
                reasons.add(control.id() + " is violated: " + state.why());
            } else if (state instanceof NotEvaluated) {
                reasons.add(control.id() + " is not evaluated: " + state.why());
            }
        });
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

        static Tallied of(Map<Control, ControlState> states) {
            int[] counts = new int[6];
            states.values()
                    .forEach(state ->
                            counts[
                                    switch (state) {
                                        case Satisfied _ -> 0;
                                        case Violated _ -> 1;
                                        case NotApplicable _ -> 2;
                                        case Waived _ -> 3;
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
