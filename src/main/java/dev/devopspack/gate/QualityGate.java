package dev.devopspack.gate;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.change.Origin;
import dev.devopspack.gate.quality.QualityResult;
import dev.devopspack.gate.quality.QualityStep;
import dev.devopspack.gate.quality.TerraformPolicy;
import dev.devopspack.gate.quality.TerraformQuality;
import dev.devopspack.gate.quality.TerraformRunner;
import dev.devopspack.policy.Score;
import java.util.List;

/// `gate.quality.terraform`: every step of the module's proof passes.
///
/// A skipped step is shown and never counted as passed; whether it fails the gate is the policy's
/// word.
public final class QualityGate {

    private static final int THRESHOLD_PERCENT = 100;

    /// Changes with the steps, so that verdicts of other steps can be told apart.
    private static final String STEPS = "devops-pack/quality-steps/v1";

    private final TerraformQuality quality;
    private final TerraformPolicy policy;

    public QualityGate(TerraformQuality quality, ApprovalPolicy policy) {
        this.quality = quality;
        this.policy =
                switch (policy.terraformCli()) {
                    case REQUIRED -> TerraformPolicy.REQUIRED;
                    case IF_PRESENT -> TerraformPolicy.IF_PRESENT;
                };
    }

    public Verdict judge(ChangeSet changeSet, TerraformRunner.Progress progress) {
        if (!TerraformQuality.applies(changeSet.artifacts())) {
            return new Verdict(
                    GateId.QUALITY,
                    changeSet.digest(),
                    ruleset(List.of()),
                    Score.FULL,
                    THRESHOLD_PERCENT,
                    List.of(),
                    List.of(),
                    "no Terraform",
                    new Verdict.Status.NotApplicable("there is no Terraform configuration"));
        }
        boolean ownBlueprint = changeSet.manifest().origin() instanceof Origin.Generated;
        QualityResult result = quality.judge(changeSet.artifacts(), ownBlueprint, progress);
        return new Verdict(
                GateId.QUALITY,
                changeSet.digest(),
                ruleset(result.steps()),
                score(result),
                THRESHOLD_PERCENT,
                result.findings(),
                result.steps().stream().map(QualityGate::check).toList(),
                summary(result),
                status(result));
    }

    private Digest ruleset(List<QualityStep> steps) {
        String names = String.join("\n", steps.stream().map(QualityStep::id).toList());
        return Digest.of(STEPS + "\n" + policy + "\n" + names);
    }

    /// Under the lenient policy skipped steps are left out of the share; they stay shown.
    private Score score(QualityResult result) {
        long passed = count(result, QualityStep.Outcome.PASSED);
        long skipped = count(result, QualityStep.Outcome.SKIPPED);
        long counted =
                switch (policy) {
                    case REQUIRED -> result.steps().size();
                    case IF_PRESENT -> result.steps().size() - skipped;
                };
        return counted == 0 ? Score.NONE : new Score(passed, counted);
    }

    private static long count(QualityResult result, QualityStep.Outcome outcome) {
        return result.steps().stream().filter(step -> step.outcome() == outcome).count();
    }

    private static Verdict.Check check(QualityStep step) {
        Verdict.Check.Result result =
                switch (step.outcome()) {
                    case PASSED -> Verdict.Check.Result.PASSED;
                    case FAILED -> Verdict.Check.Result.FAILED;
                    case SKIPPED -> Verdict.Check.Result.SKIPPED;
                };
        return new Verdict.Check(step.id(), step.title(), result, step.detail());
    }

    private static String summary(QualityResult result) {
        long passed = count(result, QualityStep.Outcome.PASSED);
        long skipped = count(result, QualityStep.Outcome.SKIPPED);
        String text = passed + "/" + result.steps().size() + " steps";
        return (skipped == 0 ? text : text + ", " + skipped + " skipped")
                + (result.marking().isEmpty() ? "" : "; " + result.marking());
    }

    private Verdict.Status status(QualityResult result) {
        if (result.passes(policy)) {
            return new Verdict.Status.Passed();
        }
        List<String> open =
                result.steps().stream()
                        .filter(step -> step.outcome() != QualityStep.Outcome.PASSED)
                        .filter(step ->
                                policy == TerraformPolicy.REQUIRED
                                        || step.outcome() == QualityStep.Outcome.FAILED)
                        .map(step ->
                                step.id()
                                        + " "
                                        + (step.outcome() == QualityStep.Outcome.FAILED
                                                ? "failed"
                                                : "was skipped: " + step.detail()))
                        .toList();
        return new Verdict.Status.Failed(String.join("; ", open));
    }
}
