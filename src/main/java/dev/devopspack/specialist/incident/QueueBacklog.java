package dev.devopspack.specialist.incident;

import static dev.devopspack.specialist.incident.Tree.answer;
import static dev.devopspack.specialist.incident.Tree.ask;
import static dev.devopspack.specialist.incident.Tree.found;
import static dev.devopspack.specialist.incident.Tree.no;
import static dev.devopspack.specialist.incident.Tree.yes;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages arrive faster than they are worked off.
final class QueueBacklog implements Scenario {

    private static final Branch GONE =
            Branch.owner('A', "Consumers do not run or are not connected");
    private static final Branch SLOW =
            Branch.owner('B', "Consumers run but are slow: what they call is slow");
    private static final Branch BURST = Branch.owner('C', "Producers send far more than usual");
    private static final Branch POISON =
            Branch.owner('D', "One message fails for ever and holds up the rest");
    private static final Branch BROKER =
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
        String slug = name.toLowerCase(java.util.Locale.ROOT);
        Looks looks =
                switch (queue.system()) {
                    case RABBITMQ -> rabbit(queue);
                    case KAFKA -> kafka(queue);
                    case SQS -> sqs(queue);
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

    private static Looks rabbit(Queue queue) {
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
                                        BROKER),
                                Reading.next("no alarm", "the broker is well")),
                        Check.of(
                                "depth",
                                "Which queue is long, and who reads it",
                                list,
                                Reading.of("`consumers` is 0", "nobody is connected", GONE),
                                Reading.of(
                                        "many unacknowledged, none finishes",
                                        "consumers hold them: slow, or one fails for ever",
                                        POISON),
                                Reading.of(
                                        "many ready, consumers as ever",
                                        "too much arrives",
                                        BURST)));
        Word name = name(queue);
        Mitigation limit =
                Mitigation.of(BURST, "limit-length", "Refuse new messages above a length")
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
                Mitigation.of(POISON, "close-consumers", "Close the connections of one consumer")
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

    private static Looks kafka(Queue queue) {
        Script lag = grouped(queue, Script.of(groups(queue, "--describe")));
        List<Check> checks =
                List.of(
                        Check.of(
                                "lag",
                                "How far the group is behind, by partition",
                                lag,
                                Reading.of("no active members", "nobody is connected", GONE),
                                Reading.of(
                                        "one partition stands still, the others move",
                                        "a message there fails for ever",
                                        POISON),
                                Reading.of(
                                        "all move, but slower than messages arrive",
                                        "slow consumers, or a burst: compare with yesterday",
                                        SLOW)),
                        Check.of(
                                "members",
                                "Who reads which partitions",
                                grouped(queue, Script.of(groups(queue, "--describe", "--members"))),
                                Reading.of(
                                        "fewer members than run",
                                        "some lost their connection",
                                        GONE),
                                Reading.of(
                                        "members without partitions",
                                        "more consumers than partitions do not help",
                                        BURST)),
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
                                Reading.of("any line", "a broker is down or behind", BROKER),
                                Reading.next("no line", "the brokers are well")));
        Mitigation skip =
                Mitigation.of(POISON, "skip-message", "Skip the message that fails")
                        .when(
                                "One partition stands still at one offset, the message is kept elsewhere"
                                        + " (copy it first), and its owner agrees to lose it here. Kafka"
                                        + " allows it only while every consumer of the group is stopped.")
                        .destroy(
                                grouped(
                                        queue,
                                        topic(
                                                queue,
                                                Script.of(
                                                                groups(
                                                                        queue,
                                                                        "--reset-offsets",
                                                                        "--shift-by",
                                                                        "1",
                                                                        "--topic",
                                                                        Word.joined(
                                                                                topicName(queue),
                                                                                Word.text(":"),
                                                                                Word.variable(
                                                                                        "PARTITION")),
                                                                        "--execute"))
                                                        .needing(
                                                                "PARTITION",
                                                                "Set PARTITION to the number of the"
                                                                        + " partition"))))
                        .verify(lag, "After the consumers start again the partition moves.")
                        .undo(
                                "Back by one, while the consumers are stopped.",
                                grouped(
                                        queue,
                                        topic(
                                                queue,
                                                Script.of(
                                                                groups(
                                                                        queue,
                                                                        "--reset-offsets",
                                                                        "--shift-by",
                                                                        "-1",
                                                                        "--topic",
                                                                        Word.joined(
                                                                                topicName(queue),
                                                                                Word.text(":"),
                                                                                Word.variable(
                                                                                        "PARTITION")),
                                                                        "--execute"))
                                                        .needing(
                                                                "PARTITION",
                                                                "Set PARTITION to the number of the"
                                                                        + " partition"))));
        return new Looks(checks, List.of(skip));
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

    private static Looks sqs(Queue queue) {
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
                                GONE),
                        Reading.of(
                                "many not visible, none finishes, `VisibilityTimeout` is short",
                                "work takes longer than the time-out, so it is given out again",
                                SLOW),
                        Reading.of(
                                "no `RedrivePolicy`, and the same message comes again",
                                "nothing moves it aside",
                                POISON),
                        Reading.of("many visible, fetched as ever", "too much arrives", BURST));
        String hint = "Set QUEUE_URL to the address of the queue";
        Mitigation longer =
                Mitigation.of(SLOW, "visibility", "Give consumers more time for one message")
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
