package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.List;

/// What to look at and to do in a queue of SQS that grows.
final class SqsLooks {

    private SqsLooks() {}

    static Looks of(Queue queue) {
        Script attributes =
                Script.of(
                                Invocation.typed(
                                        "aws sqs get-queue-attributes",
                                        Word.option("--queue-url", Word.variable("QUEUE_URL")),
                                        "--attribute-names",
                                        "All",
                                        "--output=table"))
                        .needing(
                                "QUEUE_URL",
                                "Set QUEUE_URL to what aws sqs get-queue-url answers"
                                        + (queue.name() == null ? "" : " for " + queue.name()));
        Check depth =
                Check.of(
                        "depth",
                        "How many wait, how many are being worked on",
                        attributes,
                        Reading.of(
                                "`ApproximateNumberOfMessagesNotVisible` is 0",
                                "nobody fetches",
                                QueueBacklog.GONE),
                        Reading.of(
                                "many not visible, none finishes, `VisibilityTimeout` is short",
                                "work takes longer than the time-out, so it is given out again",
                                QueueBacklog.SLOW),
                        Reading.of(
                                "no `RedrivePolicy`, and the same message comes again",
                                "nothing moves it aside",
                                QueueBacklog.POISON),
                        Reading.of(
                                "many visible, fetched as ever",
                                "too much arrives",
                                QueueBacklog.BURST));
        String hint = "Set QUEUE_URL to the address of the queue";
        Mitigation longer =
                Mitigation.of(
                                QueueBacklog.SLOW,
                                "visibility",
                                "Give consumers more time for one message")
                        .when(
                                "Work on one message takes longer than `VisibilityTimeout`, so two consumers"
                                        + " do it. Note the value of now as `SECONDS_NOW`.")
                        .change(
                                visibility(
                                        "SECONDS",
                                        "Set SECONDS to six times what one message takes",
                                        hint))
                        .verify(
                                attributes,
                                "`VisibilityTimeout` is the new value, and messages finish.")
                        .undo(
                                "Back to the value of before.",
                                visibility(
                                        "SECONDS_NOW",
                                        "Set SECONDS_NOW to the value from before",
                                        hint));
        return new Looks(List.of(depth), List.of(longer));
    }

    private static Script visibility(String variable, String hint, String url) {
        return Script.of(
                        Invocation.typed(
                                "aws sqs set-queue-attributes",
                                Word.option("--queue-url", Word.variable("QUEUE_URL")),
                                Word.joined(
                                        Word.text("--attributes=VisibilityTimeout="),
                                        Word.variable(variable))))
                .needing("QUEUE_URL", url)
                .needing(variable, hint);
    }
}
