package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.ArrayList;
import java.util.List;

/// What to look at and to do where a group of Kafka falls behind.
final class KafkaLooks {

    private KafkaLooks() {}

    static Looks of(Queue queue) {
        Script lag = grouped(queue, Script.of(groups(queue, "--describe")));
        List<Check> checks =
                List.of(
                        Check.of(
                                "lag",
                                "How far the group is behind, by partition",
                                lag,
                                Reading.of(
                                        "no active members",
                                        "nobody is connected",
                                        QueueBacklog.GONE),
                                Reading.of(
                                        "one partition stands still, the others move",
                                        "a message there fails for ever",
                                        QueueBacklog.POISON),
                                Reading.of(
                                        "all move, but slower than messages arrive",
                                        "slow consumers, or a burst: compare with yesterday",
                                        QueueBacklog.SLOW)),
                        Check.of(
                                "members",
                                "Who reads which partitions",
                                grouped(queue, Script.of(groups(queue, "--describe", "--members"))),
                                Reading.of(
                                        "fewer members than run",
                                        "some lost their connection",
                                        QueueBacklog.GONE),
                                Reading.of(
                                        "members without partitions",
                                        "more consumers than partitions do not help",
                                        QueueBacklog.BURST)),
                        Check.of(
                                "partitions",
                                "Whether every partition has a leader",
                                bootstrap(
                                        Script.of(
                                                Invocation.typed(
                                                        "kafka-topics.sh --bootstrap-server",
                                                        Word.variable("BOOTSTRAP"),
                                                        "--describe",
                                                        "--unavailable-partitions"),
                                                Invocation.typed(
                                                        "kafka-topics.sh --bootstrap-server",
                                                        Word.variable("BOOTSTRAP"),
                                                        "--describe",
                                                        "--under-replicated-partitions"))),
                                Reading.of(
                                        "any line",
                                        "a broker is down or behind",
                                        QueueBacklog.BROKER),
                                Reading.next("no line", "the brokers are well")));
        Mitigation skip =
                Mitigation.of(QueueBacklog.POISON, "skip-message", "Skip the message that fails")
                        .when(
                                "One partition stands still at one offset, the message is kept elsewhere"
                                        + " (copy it first), and its owner agrees to lose it here. Kafka"
                                        + " allows it only while every consumer of the group is stopped.")
                        .destroy(shift(queue, "1"))
                        .verify(lag, "After the consumers start again the partition moves.")
                        .undo("Back by one, while the consumers are stopped.", shift(queue, "-1"));
        return new Looks(checks, List.of(skip));
    }

    /// Moves the group's place in one partition.
    private static Script shift(Queue queue, String messages) {
        Word partition = Word.joined(topicName(queue), Word.text(":"), Word.variable("PARTITION"));
        Invocation reset =
                groups(
                        queue,
                        "--reset-offsets",
                        "--shift-by",
                        messages,
                        "--topic",
                        partition,
                        "--execute");
        return grouped(
                queue,
                topic(
                        queue,
                        Script.of(reset)
                                .needing(
                                        "PARTITION",
                                        "Set PARTITION to the number of the partition")));
    }

    private static Invocation groups(Queue queue, Object... words) {
        List<Object> all = new ArrayList<>();
        all.add("--bootstrap-server");
        all.add(Word.variable("BOOTSTRAP"));
        all.add("--group");
        all.add(queue.group() == null ? Word.variable("GROUP") : Word.text(queue.group().value()));
        all.addAll(List.of(words));
        return Invocation.of("kafka-consumer-groups.sh", all.toArray());
    }

    private static Script grouped(Queue queue, Script script) {
        Script reachable = bootstrap(script);
        return queue.group() == null
                ? reachable.needing("GROUP", "Set GROUP to the consumer group")
                : reachable;
    }

    private static Script bootstrap(Script script) {
        return script.needing("BOOTSTRAP", "Set BOOTSTRAP to host:port of a broker");
    }

    private static Script topic(Queue queue, Script script) {
        return queue.name() == null
                ? script.needing("TOPIC", "Set TOPIC to the name of the topic")
                : script;
    }

    private static Word topicName(Queue queue) {
        return queue.name() == null ? Word.variable("TOPIC") : Word.text(queue.name().value());
    }
}
