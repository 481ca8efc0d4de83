package dev.devopspack.web;

import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict;
import java.util.List;

/// Verdicts as the page shows them.
final class GateViews {

    /// More in one sentence is a wall that nobody reads.
    private static final int REASONS = 4;

    private GateViews() {}

    static ChangeSetPage.GateView of(Verdict verdict) {
        return new ChangeSetPage.GateView(
                verdict.gate().title(),
                verdict.gate().id(),
                pill(verdict),
                verdict.summary(),
                why(verdict.why()),
                verdict.checks().stream()
                        .filter(check -> !idle(check))
                        .map(GateViews::check)
                        .toList(),
                verdict.checks().stream().filter(GateViews::idle).map(GateViews::check).toList(),
                DigestMark.of(verdict.ruleset()),
                verdict.status() instanceof Verdict.Status.Failed);
    }

    private static boolean idle(Verdict.Check check) {
        return check.result() == Verdict.Check.Result.NOT_APPLICABLE;
    }

    /// The first reasons: each of the others stands beside its check.
    private static String why(String all) {
        List<String> reasons = List.of(all.split("; "));
        int more = reasons.size() - REASONS;
        return more <= 1
                ? all
                : String.join("; ", reasons.subList(0, REASONS)) + "; and " + more + " more, below";
    }

    /// For example `security 98.2 %`.
    static String brief(Verdict verdict) {
        String name =
                switch (verdict.gate()) {
                    case SECURITY -> "security";
                    case QUALITY -> "terraform";
                    case COMPLIANCE -> "compliance";
                    case APPROVAL -> "approval";
                };
        boolean numbers =
                verdict.gate() != GateId.APPROVAL
                        && !(verdict.status() instanceof Verdict.Status.NotApplicable);
        return name + " " + (numbers ? verdict.score().text() : word(verdict));
    }

    static String tone(Verdict verdict) {
        return switch (verdict.status()) {
            case Verdict.Status.Passed passed -> Pill.GOOD;
            case Verdict.Status.Failed failed -> Pill.BAD;
            case Verdict.Status.Waiting waiting -> Pill.WAIT;
            case Verdict.Status.NotApplicable none -> Pill.QUIET;
        };
    }

    private static Pill pill(Verdict verdict) {
        return new Pill(word(verdict), tone(verdict));
    }

    private static String word(Verdict verdict) {
        return switch (verdict.status()) {
            case Verdict.Status.Passed passed -> "passed";
            case Verdict.Status.Failed failed -> "failed";
            case Verdict.Status.Waiting waiting -> "waiting";
            case Verdict.Status.NotApplicable none -> "not applicable";
        };
    }

    private static ChangeSetPage.CheckView check(Verdict.Check check) {
        return switch (check.result()) {
            case PASSED -> view(check, "✓", "passed", Pill.GOOD);
            case FAILED -> view(check, "✗", "failed", Pill.BAD);
            case SKIPPED -> view(check, "–", "skipped", Pill.WAIT);
            case UNKNOWN -> view(check, "?", "unknown", Pill.WAIT);
            case NOT_APPLICABLE -> view(check, "·", "not applicable", Pill.QUIET);
            case WAIVED -> view(check, "~", "waived", Pill.WAIT);
            case ATTESTED -> view(check, "✓", "attested", Pill.GOOD);
        };
    }

    private static ChangeSetPage.CheckView view(
            Verdict.Check check, String mark, String word, String tone) {
        return new ChangeSetPage.CheckView(mark, word, tone, check.title(), check.detail());
    }
}
