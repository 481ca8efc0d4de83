package dev.devopspack.web;

import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict;

/// Verdicts as the page shows them.
final class GateViews {

    private GateViews() {}

    static ChangeSetPage.GateView of(Verdict verdict) {
        return new ChangeSetPage.GateView(
                verdict.gate().title(),
                verdict.gate().id(),
                pill(verdict),
                verdict.summary(),
                verdict.why(),
                verdict.checks().stream().map(GateViews::check).toList(),
                DigestMark.of(verdict.ruleset()),
                verdict.status() instanceof Verdict.Status.Failed);
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
