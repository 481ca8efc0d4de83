package dev.devopspack.manager.evidence;

import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdict.Check;
import dev.devopspack.policy.ComplianceAssessment.Judged;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ComplianceProfile.Control;
import dev.devopspack.policy.ComplianceProfile.Evidence;
import dev.devopspack.policy.ControlState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the compliance gate said of the controls of a profile when it judged.
///
/// @param byControl its checks by the control's id
record GateChecks(ComplianceProfile profile, Map<String, Check> byControl) {

    static GateChecks of(ComplianceProfile profile, List<Verdict> verdicts) {
        String prefix = profile.isBaseline() ? "" : profile.name() + " ";
        return new GateChecks(
                profile,
                verdicts.stream()
                        .filter(verdict -> verdict.gate() == GateId.COMPLIANCE)
                        .flatMap(verdict -> verdict.checks().stream())
                        .filter(check -> check.id().startsWith(prefix))
                        .collect(
                                Collectors.toMap(
                                        check -> check.id().substring(prefix.length()),
                                        check -> check,
                                        (first, second) -> first)));
    }

    /// The state of the control of this evidence.
    ControlState evidence(Evidence evidence) {
        return profile.controls().stream()
                .filter(control -> control.evidence().equals(Optional.of(evidence)))
                .map(Control::id)
                .flatMap(id -> Optional.ofNullable(byControl.get(id)).stream())
                .findFirst()
                .map(GateChecks::state)
                .orElseGet(() -> new ControlState.NotEvaluated("no gate has looked at it"));
    }

    /// The control as it is, or as a person excused it.
    Judged excused(Judged judged) {
        Check check = byControl.get(judged.control().id());
        if (check == null) {
            return judged;
        }
        return switch (check.result()) {
            case WAIVED, ATTESTED ->
                    new Judged(judged.control(), state(check), judged.rules(), judged.findings());
            case PASSED, FAILED, SKIPPED, UNKNOWN, NOT_APPLICABLE -> judged;
        };
    }

    private static ControlState state(Check check) {
        return switch (check.result()) {
            case PASSED -> new ControlState.Satisfied(check.detail());
            case FAILED -> new ControlState.Violated(check.detail());
            case WAIVED -> new ControlState.Waived(check.detail());
            case ATTESTED -> new ControlState.Attested(check.detail());
            case NOT_APPLICABLE -> new ControlState.NotApplicable(check.detail());
            case SKIPPED, UNKNOWN -> new ControlState.NotEvaluated(check.detail());
        };
    }
}
