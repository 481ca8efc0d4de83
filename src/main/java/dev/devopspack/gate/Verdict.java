package dev.devopspack.gate;

import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a gate says of one change set. On any other digest it is no verdict.
///
/// @param ruleset the digest of the rules, steps or controls that it was judged by
/// @param score the share that held
/// @param thresholdPercent what the score must reach
/// @param findings what is open, also when the gate passed
/// @param checks what was weighed, in the order to read it: steps, controls or severities
/// @param summary one short line for people, for example `9 of 9 steps`
public record Verdict(
        GateId gate,
        Digest changeSet,
        Digest ruleset,
        Score score,
        int thresholdPercent,
        List<Finding> findings,
        List<Check> checks,
        String summary,
        Status status) {

    public Verdict {
        findings = List.copyOf(findings);
        checks = List.copyOf(checks);
    }

    public sealed interface Status {

        record Passed() implements Status {}

        record Failed(String why) implements Status {}

        /// @param why what it waits for
        record Waiting(String why) implements Status {}

        /// @param why the predicate that says that there is nothing to judge here
        record NotApplicable(String why) implements Status {}
    }

    /// One thing that was weighed.
    ///
    /// @param id a step's, control's or severity's name
    /// @param detail why, in one line; for a skipped one always the reason
    public record Check(String id, String title, Result result, String detail) {

        public enum Result {
            PASSED,
            FAILED,
            /// Not done, with the reason: never counted as passed.
            SKIPPED,
            /// The files do not say: counted as not held.
            UNKNOWN,
            NOT_APPLICABLE,
            WAIVED,
            ATTESTED
        }
    }

    public boolean opens() {
        return switch (status) {
            case Status.Passed _, Status.NotApplicable _ -> true;
            case Status.Failed _, Status.Waiting _ -> false;
        };
    }

    /// PASSED, FAILED, WAITING or NOT_APPLICABLE.
    public String statusName() {
        return switch (status) {
            case Status.Passed _ -> "PASSED";
            case Status.Failed _ -> "FAILED";
            case Status.Waiting _ -> "WAITING";
            case Status.NotApplicable _ -> "NOT_APPLICABLE";
        };
    }

    /// Why it failed, waits or does not apply; empty where it passed.
    public String why() {
        return switch (status) {
            case Status.Passed _ -> "";
            case Status.Failed failed -> failed.why();
            case Status.Waiting waiting -> waiting.why();
            case Status.NotApplicable none -> none.why();
        };
    }

    /// What an approval is bound to, as plain values for {@link dev.devopspack.change.Canonical}.
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("gate", gate.id());
        document.put("changeSet", changeSet.value());
        document.put("ruleset", ruleset.value());
        document.put("earned", score.earned());
        document.put("possible", score.possible());
        document.put("threshold", thresholdPercent);
        document.put("status", statusName());
        document.put(
                "findings",
                findings.stream().map(finding -> Digest.of(finding.text()).value()).toList());
        document.put(
                "checks",
                checks.stream().map(check -> check.id() + "=" + check.result().name()).toList());
        return document;
    }
}
