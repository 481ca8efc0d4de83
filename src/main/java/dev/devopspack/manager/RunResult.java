package dev.devopspack.manager;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.gate.Verdict;
import dev.devopspack.policy.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run came to: one document, the same through every front door, but that a tool tells long
/// plans in short.
///
/// @param outcome `proposal`, `report`, `input_required`, or `run` where several tasks were one
/// @param summary what was done, a short line each
/// @param plan what will change: counts, changes by address, risks and cost
/// @param verdicts one a gate, in the gates' order
/// @param claims the requester's own words, checked by nobody
/// @param next what to do now, in this order
/// @param report facts of a report
/// @param missing which inputs are missing, with schema and example
/// @param run its tasks and the report over all of them
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunResult(
        String outcome,
        @Nullable ChangeSetPart changeSet,
        List<String> summary,
        @Nullable Map<String, Object> plan,
        List<GatePart> verdicts,
        @Nullable ApprovalPart approval,
        List<String> claims,
        List<String> next,
        @Nullable Map<String, Object> report,
        @Nullable Map<String, Object> missing,
        @Nullable RunPart run) {

    /// A result without a change set.
    static RunResult of(
            String outcome,
            List<String> summary,
            List<String> next,
            @Nullable Map<String, Object> report,
            @Nullable Map<String, Object> missing) {
        return new RunResult(
                outcome, null, summary, null, List.of(), null, List.of(), next, report, missing,
                null);
    }

    /// The same with what is told of its plan.
    public RunResult withPlan(Map<String, Object> told) {
        return new RunResult(
                outcome, changeSet, summary, told, verdicts, approval, claims, next, report,
                missing, run);
    }

    /// @param code five characters to compare by voice
    public record ChangeSetPart(
            String id,
            String digest,
            String code,
            String environment,
            String stack,
            List<FilePart> files) {

        static ChangeSetPart of(ChangeSet changeSet) {
            return new ChangeSetPart(
                    changeSet.id().value(),
                    changeSet.digest().value(),
                    changeSet.code(),
                    changeSet.target().environmentText(),
                    changeSet.target().stack().value(),
                    changeSet.artifacts().list().stream().map(FilePart::of).toList());
        }
    }

    public record FilePart(String name, String mediaType, int size, String sha256) {

        public static FilePart of(Artifact artifact) {
            return new FilePart(
                    artifact.name().value(),
                    artifact.mediaType(),
                    artifact.sizeBytes(),
                    artifact.digest().hex());
        }
    }

    /// @param status PASSED, FAILED, WAITING or NOT_APPLICABLE
    /// @param score percent, cut to one decimal
    /// @param threshold percent
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GatePart(
            String gate,
            String title,
            String status,
            double score,
            int threshold,
            String summary,
            @Nullable String why,
            String ruleset,
            List<CheckPart> checks,
            List<FindingPart> findings) {

        static GatePart of(Verdict verdict) {
            return new GatePart(
                    verdict.gate().id(),
                    verdict.gate().title(),
                    verdict.statusName(),
                    Math.floor(verdict.score().percent() * 10) / 10,
                    verdict.thresholdPercent(),
                    verdict.summary(),
                    verdict.why().isEmpty() ? null : verdict.why(),
                    verdict.ruleset().value(),
                    verdict.checks().stream().map(CheckPart::of).toList(),
                    verdict.findings().stream().map(FindingPart::of).toList());
        }
    }

    public record CheckPart(String id, String title, String result, String detail) {

        static CheckPart of(Verdict.Check check) {
            return new CheckPart(check.id(), check.title(), check.result().name(), check.detail());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FindingPart(
            String rule,
            String title,
            String severity,
            String file,
            int line,
            int column,
            @Nullable String resource,
            String message,
            String mend,
            @Nullable String source) {

        static FindingPart of(Finding finding) {
            return new FindingPart(
                    finding.rule(),
                    finding.title(),
                    finding.severity().label(),
                    finding.file(),
                    finding.line(),
                    finding.column(),
                    finding.resource(),
                    finding.message(),
                    finding.mend(),
                    finding.source());
        }
    }

    /// @param url the page on which a person decides
    /// @param status PENDING, APPROVED, DENIED, …
    /// @param reason why it was denied, where it was
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ApprovalPart(
            String id, String url, String status, String decideBy, @Nullable String reason) {}

    /// @param id to ask for it later
    /// @param status RUNNING or DONE
    /// @param report over all tasks
    public record RunPart(
            String id, String status, String startedAt, List<TaskPart> tasks, ReportPart report) {}

    /// One task of a run.
    ///
    /// @param number from 1
    /// @param status WAITING, RUNNING, or how it ended: PROPOSED, REPORTED, INPUT_REQUIRED, REFUSED
    ///   or FAILED
    /// @param verdicts each gate's status and score
    /// @param missing which inputs are missing, with schema and example
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TaskPart(
            int number,
            String type,
            @Nullable String agent,
            @Nullable String capability,
            String status,
            List<String> summary,
            @Nullable ChangeSetPart changeSet,
            List<ScorePart> verdicts,
            @Nullable ApprovalPart approval,
            List<String> next,
            @Nullable Map<String, Object> report,
            @Nullable Map<String, Object> missing,
            @Nullable ProblemPart problem) {}

    public record ScorePart(String gate, String status, double score, int findings) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProblemPart(
            String where, String problem, String mend, @Nullable String example) {}

    /// The quality of a run, over all of its tasks.
    ///
    /// @param done tasks that ended
    /// @param proposed tasks that became change sets
    /// @param passed gates that passed, of all change sets; so failed, waiting, notApplicable
    /// @param findings open ones, over all
    /// @param lowest the lowest score of each gate that judged anything, with its change set
    /// @param waiting what waits for whom
    public record ReportPart(
            int tasks,
            int done,
            int proposed,
            int passed,
            int failed,
            int waiting,
            int notApplicable,
            int findings,
            List<LowestPart> lowest,
            List<WaitingPart> waitingFor) {}

    public record LowestPart(String gate, double score, int threshold, String changeSet) {}

    /// @param task its number
    /// @param who for example `an approver of production`, `the requester`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WaitingPart(int task, String who, String what, @Nullable String url) {}
}
