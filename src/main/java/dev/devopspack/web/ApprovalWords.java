package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.task.Environment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where an approval stands, in words for people.
final class ApprovalWords {

    private static final String AGAIN =
            "Run the task or submit the files again: people are asked anew.";

    private ApprovalWords() {}

    /// @param usable whether a pipeline may use the grant now
    /// @param next what to do now in words; empty where there is nothing, or a command says it
    record Ending(String title, String text, String tone, boolean usable, String next) {}

    static boolean open(@Nullable Approval approval, Instant now) {
        return approval != null && approval.statusAt(now) == Approval.Status.PENDING;
    }

    /// That there are not enough people who could approve, without the sentence's end.
    ///
    /// @param others how many beside the reader could
    /// @param missing how many more it takes
    static String tooFew(Environment environment, int others, long missing) {
        String can = " can approve in " + environment + " yet";
        return switch (others) {
            case 0 -> "Nobody else" + can;
            case 1 -> "Only one other person" + can + ", and it takes " + missing;
            default -> "Only " + others + " others" + can + ", and it takes " + missing;
        };
    }

    static Pill pill(Verdicts verdicts, @Nullable Approval approval, Instant now) {
        if (approval != null) {
            return pill(approval, now);
        }
        boolean failed =
                verdicts.list().stream()
                        .filter(verdict -> verdict.gate() != GateId.APPROVAL)
                        .anyMatch(verdict -> !verdict.opens());
        return failed ? Pill.bad("gate failed") : Pill.good("gates passed");
    }

    static Pill pill(Approval approval, Instant now) {
        return switch (approval.statusAt(now)) {
            case PENDING ->
                    Pill.wait(
                            "waits for "
                                    + (approval.request().quorum() - approval.approvals())
                                    + " of "
                                    + approval.request().quorum());
            case APPROVED -> Pill.good("approved");
            case RESERVED -> Pill.good("reserved");
            case CONSUMED -> Pill.good("consumed");
            case SUCCEEDED -> Pill.good("applied");
            case FAILED -> Pill.bad("applying failed");
            case UNKNOWN -> Pill.wait("outcome unknown");
            case DENIED -> Pill.bad("denied");
            case EXPIRED -> Pill.quiet("expired");
            case REVOKED -> Pill.quiet("taken back");
        };
    }

    /// What came of it; null while it waits.
    static @Nullable Ending ending(Approval approval, Instant now) {
        return switch (approval.statusAt(now)) {
            case PENDING -> null;
            case APPROVED ->
                    new Ending(
                            "Approved: a pipeline may apply exactly these bytes, once",
                            "The grant is signed. The pipeline consumes it in the folder of the"
                                    + " files:",
                            Pill.GOOD,
                            true,
                            "");
            case RESERVED ->
                    new Ending(
                            "A pipeline holds the grant",
                            "It has a short lease and consumes the grant before it applies.",
                            Pill.GOOD,
                            false,
                            "");
            case CONSUMED ->
                    new Ending(
                            "Consumed: the grant was used and cannot be used again",
                            "The pipeline has not reported yet how it went.",
                            Pill.GOOD,
                            false,
                            "");
            case SUCCEEDED ->
                    new Ending(
                            "Applied",
                            noted(approval, "The pipeline reports success."),
                            Pill.GOOD,
                            false,
                            "");
            case FAILED ->
                    new Ending(
                            "Applying failed",
                            noted(approval, "The pipeline reports a failure."),
                            Pill.BAD,
                            false,
                            "Mend the cause and run it again.");
            case UNKNOWN ->
                    new Ending(
                            "Nobody knows how it went",
                            noted(approval, "It counts as released until somebody looks."),
                            Pill.WAIT,
                            false,
                            "Look where it was applied.");
            case DENIED ->
                    new Ending(
                            "Denied",
                            noted(approval, ""),
                            Pill.BAD,
                            false,
                            "Change what the reason names and submit it again: these bytes stay"
                                    + " denied. The assistant gets the reason when it asks for the"
                                    + " status.");
            case EXPIRED ->
                    new Ending(
                            "Expired",
                            sentence(noted(approval, "time ran out")),
                            Pill.WAIT,
                            false,
                            AGAIN);
            case REVOKED ->
                    new Ending(
                            "Taken back", sentence(noted(approval, "")), Pill.WAIT, false, AGAIN);
        };
    }

    private static String sentence(String text) {
        return text.isEmpty()
                ? text
                : Character.toUpperCase(text.charAt(0))
                        + text.substring(1)
                        + (text.endsWith(".") ? "" : ".");
    }

    private static String noted(Approval approval, String otherwise) {
        return approval.note().isBlank() ? otherwise : approval.note();
    }
}
