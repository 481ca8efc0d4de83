package dev.devopspack.specialist.incident;

import static dev.devopspack.specialist.incident.Tree.answer;
import static dev.devopspack.specialist.incident.Tree.ask;
import static dev.devopspack.specialist.incident.Tree.found;
import static dev.devopspack.specialist.incident.Tree.no;
import static dev.devopspack.specialist.incident.Tree.yes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Messages arrive faster than they are worked off.
final class QueueBacklog implements Scenario {

    static final Branch GONE = Branch.owner('A', "Consumers do not run or are not connected");
    static final Branch SLOW =
            Branch.owner('B', "Consumers run but are slow: what they call is slow");
    static final Branch BURST = Branch.owner('C', "Producers send far more than usual");
    static final Branch POISON =
            Branch.owner('D', "One message fails for ever and holds up the rest");
    static final Branch BROKER =
            Branch.platform('E', "The broker itself is short of memory, disk or a leader");

    private static final String PATTERN =
            "reject|requeue|redeliver|dead.?letter|deserial|poison|timed? ?out|rebalanc|heartbeat"
                    + "|not.?leader|connection (closed|reset|refused)|blocked|max\\.poll";

    @Override
    public Playbook playbook(Situation situation) {
        List<Part> parts =
                new ArrayList<>(
                        Parts.services(situation, QueueBacklog::workload, HighLatency::database));
        Queue given = situation.queue();
        if (given == null) {
            for (QueueSystem system : QueueSystem.values()) {
                parts.add(queue(new Queue(system, null, null), system.name(), true));
            }
        } else {
            parts.add(queue(given, "queue", false));
        }
        return new Playbook(
                "Messages wait longer and longer. Users see orders, mails or reports late; nothing fails"
                        + " at first. The age of the oldest message says more than their number.",
                signals(given),
                List.of(GONE, SLOW, BURST, POISON, BROKER),
                ask(
                        "Does the broker say that it is well (no alarm, every partition has a leader)?",
                        no(found(BROKER)),
                        yes(
                                ask(
                                        "Are consumers connected?",
                                        no(found(GONE)),
                                        yes(
                                                ask(
                                                        "Do they finish messages?",
                                                        answer(
                                                                "none, and the same one comes again",
                                                                found(POISON)),
                                                        answer("fewer than usual", found(SLOW)),
                                                        answer(
                                                                "as many as ever, but more arrive",
                                                                found(BURST))))))),
                parts);
    }

    private static List<Signal> signals(@Nullable Queue given) {
        List<Signal> signals = new ArrayList<>();
        signals.add(
                Signal.of(
                        "Age of the oldest message",
                        "above the promise to users, or above 5 minutes for 10 minutes",
                        "the queue's dashboard"));
        if (given == null || given.system() == QueueSystem.KAFKA) {
            signals.add(
                    Signal.metric(
                            "Kafka: messages behind, by group",
                            "grows for 15 minutes",
                            "sum by (consumergroup, topic) (kafka_consumergroup_lag)"));
        }
        if (given == null || given.system() == QueueSystem.RABBITMQ) {
            signals.add(
                    Signal.metric(
                            "RabbitMQ: messages that are ready",
                            "grows for 15 minutes, or consumers are 0",
                            "rabbitmq_queue_messages_ready"));
        }
        if (given == null || given.system() == QueueSystem.SQS) {
            signals.add(
                    Signal.of(
                            "SQS: `ApproximateAgeOfOldestMessage`",
                            "above 300 seconds for 10 minutes",
                            "CloudWatch, namespace `AWS/SQS`"));
        }
        return signals;
    }

    private static Looks workload(Service service) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "state",
                                "Whether the consumers run",
                                Steps.state(service),
                                Reading.of(
                                        "none is ready, or they restart", "nobody fetches", GONE),
                                Reading.next("all are ready", "they run: do they finish work?")),
                        Check.of(
                                "errors",
                                "What they say of messages",
                                Steps.logs(service, PATTERN, 30),
                                Reading.of(
                                        "the same message or offset again and again",
                                        "it can never succeed",
                                        POISON),
                                Reading.of(
                                        "timeouts that name another service",
                                        "that one is slow",
                                        SLOW),
                                Reading.of(
                                        "rebalancing without an end, `max.poll.interval` exceeded",
                                        "one message takes longer than the group waits",
                                        SLOW),
                                Reading.of(
                                        "`not leader`, `connection blocked`",
                                        "the broker",
                                        BROKER)),
                        Check.of(
                                "use",
                                "Whether they have what they need",
                                Steps.usage(service),
                                Reading.of("CPU at its limit", "more of them help", BURST),
                                Reading.of("nearly idle", "they wait for something", SLOW)),
                        Check.of(
                                "changes",
                                "What changed",
                                Steps.history(service),
                                Reading.of(
                                        "a revision that is minutes older than the backlog",
                                        "it is slower or fails: roll back",
                                        SLOW),
                                Reading.next("nothing", "messages or what they need changed")));
        List<Mitigation> steps = new ArrayList<>();
        steps.add(Steps.rollBack(SLOW, service).asFirst());
        steps.add(
                Steps.restart(
                        GONE,
                        service,
                        "Consumers run but hold no connection to the broker, and it is well."));
        Steps.scaleOut(
                        BURST,
                        service,
                        "Consumers are busy themselves, and a Kafka topic has more partitions than there"
                                + " are consumers now: more than partitions stay idle.")
                .map(Mitigation::asFirst)
                .ifPresent(steps::add);
        return new Looks(checks, steps);
    }

    private static Part queue(Queue queue, String name, boolean oneOfSeveral) {
        String slug = name.toLowerCase(Locale.ROOT);
        Looks looks =
                switch (queue.system()) {
                    case RABBITMQ -> RabbitLooks.of(queue);
                    case KAFKA -> KafkaLooks.of(queue);
                    case SQS -> SqsLooks.of(queue);
                };
        return Part.dependency(
                slug,
                "Queue (" + queue.system().title() + ")",
                oneOfSeveral
                        ? "Nobody said which queue it is: use this file if it is "
                                + queue.system().title()
                                + "."
                        : "What the services read from.",
                looks.checks(),
                looks.mitigations());
    }
}
