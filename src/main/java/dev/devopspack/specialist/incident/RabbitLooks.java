package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.List;

/// What to look at and to do in a queue of RabbitMQ that grows.
final class RabbitLooks {

    private RabbitLooks() {}

    static Looks of(Queue queue) {
        Script list =
                Script.of(
                        Pipeline.of(
                                Invocation.typed(
                                        "rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers state"),
                                Invocation.typed("sort -k2 -rn"),
                                Invocation.typed("head -n 20")));
        List<Check> checks =
                List.of(
                        Check.of(
                                "alarms",
                                "Whether the broker holds producers back",
                                Script.of(
                                        Invocation.typed(
                                                "rabbitmq-diagnostics check_local_alarms")),
                                Reading.of(
                                        "an alarm of memory or disk",
                                        "it blocks who publishes",
                                        QueueBacklog.BROKER),
                                Reading.next("no alarm", "the broker is well")),
                        Check.of(
                                "depth",
                                "Which queue is long, and who reads it",
                                list,
                                Reading.of(
                                        "`consumers` is 0",
                                        "nobody is connected",
                                        QueueBacklog.GONE),
                                Reading.of(
                                        "many unacknowledged, none finishes",
                                        "consumers hold them: slow, or one fails for ever",
                                        QueueBacklog.POISON),
                                Reading.of(
                                        "many ready, consumers as ever",
                                        "too much arrives",
                                        QueueBacklog.BURST)));
        Word name = name(queue);
        Mitigation limit =
                Mitigation.of(
                                QueueBacklog.BURST,
                                "limit-length",
                                "Refuse new messages above a length")
                        .when(
                                "Producers can bear a refusal and try again, and the broker comes near its"
                                        + " memory. What is in the queue stays.")
                        .change(
                                named(
                                        queue,
                                        Script.of(
                                                Systemd.sudo(
                                                        "rabbitmqctl set_policy --priority 100 --apply-to queues incident-limit",
                                                        Word.joined(
                                                                Word.text("^"),
                                                                name,
                                                                Word.text("$")),
                                                        "{\"max-length\": 100000, \"overflow\":"
                                                                + " \"reject-publish\"}"))))
                        .verify(list, "The queue grows no more.")
                        .undo(
                                "Take the policy away.",
                                Script.of(Systemd.sudo("rabbitmqctl clear_policy incident-limit")));
        Mitigation close =
                Mitigation.of(
                                QueueBacklog.POISON,
                                "close-consumers",
                                "Close the connections of one consumer")
                        .when(
                                "One consumer holds unacknowledged messages and finishes none. They go back"
                                        + " to the queue and are given out again: work that was half done is"
                                        + " done twice.")
                        .destroy(
                                Script.of(
                                                Systemd.sudo(
                                                        "rabbitmqctl close_all_user_connections",
                                                        Word.variable("MQ_USER"),
                                                        "incident"))
                                        .needing(
                                                "MQ_USER",
                                                "Set MQ_USER to the user of that consumer"))
                        .verify(list, "Unacknowledged falls, and consumers connect again.")
                        .noUndo("Clients connect again by themselves.");
        return new Looks(checks, List.of(limit, close));
    }

    private static Script named(Queue queue, Script script) {
        return queue.name() == null
                ? script.needing("QUEUE", "Set QUEUE to the name of the queue")
                : script;
    }

    private static Word name(Queue queue) {
        return queue.name() == null ? Word.variable("QUEUE") : Word.text(queue.name().value());
    }
}
