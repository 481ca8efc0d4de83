package dev.devopspack.specialist.incident;

import static dev.devopspack.specialist.incident.Tree.answer;
import static dev.devopspack.specialist.incident.Tree.ask;
import static dev.devopspack.specialist.incident.Tree.found;
import static dev.devopspack.specialist.incident.Tree.no;
import static dev.devopspack.specialist.incident.Tree.yes;

import java.util.ArrayList;
import java.util.List;

/// Requests succeed, but too slowly.
final class HighLatency implements Scenario {

    private static final Branch FULL =
            Branch.owner('A', "The service has too little CPU, memory or workers");
    private static final Branch DATABASE =
            Branch.database('B', "The database is slow: locks, long queries or a full disk queue");
    private static final Branch CALLED =
            Branch.owner('C', "A service that is called is slow, and callers wait for it");
    private static final Branch RELEASE = Branch.owner('D', "A release made it slower");
    private static final Branch TRAFFIC = Branch.platform('E', "More or other traffic arrives");

    private static final String PATTERN =
            "timed? ?out|deadline exceeded|context canceled|slow (query|request)|circuit|retry"
                    + "|pool|queue (is )?full|gc pause|upstream";

    @Override
    public Playbook playbook(Situation situation) {
        return new Playbook(
                "Requests succeed but take too long. Waiting requests hold workers and connections, so"
                        + " slowness spreads to callers and turns into errors once their time limits"
                        + " are reached.",
                List.of(
                        Signal.metric(
                                "Slowest one in a hundred requests (name the metric of your service)",
                                "above twice the value of the same hour last week for 10 minutes",
                                "histogram_quantile(0.99, sum by (le)"
                                        + " (rate(http_server_requests_seconds_bucket[5m])))"),
                        Signal.metric(
                                "Containers wait for CPU",
                                "above 0.25 for 10 minutes",
                                "sum by (pod) (rate(container_cpu_cfs_throttled_periods_total[5m]))"
                                        + " / sum by (pod)"
                                        + " (rate(container_cpu_cfs_periods_total[5m]))"),
                        Signal.of(
                                "Requests that wait for a worker or a connection",
                                "above 0 for 5 minutes",
                                "queue and pool metrics of the service"),
                        Signal.of(
                                "Error share stays as it was",
                                "below twice its usual value; otherwise work with the runbook for an"
                                        + " error rate spike",
                                "the service's dashboard")),
                List.of(FULL, DATABASE, CALLED, RELEASE, TRAFFIC),
                ask(
                        "Did a release or a flag change in the hour before it began?",
                        yes(found(RELEASE)),
                        no(
                                ask(
                                        "Do more requests arrive than in the same hour last week, or do"
                                                + " most come from one client?",
                                        yes(found(TRAFFIC)),
                                        no(
                                                ask(
                                                        "Where do requests spend their time?",
                                                        answer(
                                                                "on CPU, or waiting for it",
                                                                found(FULL)),
                                                        answer(
                                                                "waiting for the database",
                                                                found(DATABASE)),
                                                        answer(
                                                                "waiting for another service",
                                                                found(CALLED)),
                                                        answer(
                                                                "nobody can tell",
                                                                new Tree.Escalate(
                                                                        Branch.Helper.OWNER))))))),
                Parts.of(situation, HighLatency::workload, HighLatency::database));
    }

    private static Looks workload(Service service) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "outside",
                                "How slow it is for a user, and in which step",
                                Steps.outside(service),
                                Reading.of(
                                        "`connect` or `tls` takes most of the time",
                                        "the entrance is overloaded, or the network loses packets",
                                        TRAFFIC),
                                Reading.next(
                                        "`first_byte` takes most of the time",
                                        "the service thinks: go on"),
                                Reading.next(
                                        "all is quick",
                                        "not this route or not from here: ask who sees it")),
                        Check.of(
                                "use",
                                "Whether it has what it needs",
                                Steps.usage(service),
                                Reading.of(
                                        "CPU near its limit, load above the number of cores, or memory"
                                                + " that swaps (`si`, `so` above 0)",
                                        "it is full",
                                        FULL),
                                Reading.of(
                                        "the autoscaler shows its maximum",
                                        "it would like to have more",
                                        FULL),
                                Reading.next("plenty is left", "it waits for something else")),
                        Check.of(
                                "waits",
                                "What it waits for",
                                Steps.logs(service, PATTERN, 30),
                                Reading.of(
                                        "slow queries, or timeouts of the connection pool",
                                        "the database or the way to it",
                                        DATABASE),
                                Reading.of(
                                        "timeouts or open circuits that name another service",
                                        "that one is slow: work with its runbook",
                                        CALLED),
                                Reading.next("no line", "look at what changed")),
                        Check.of(
                                "changes",
                                "What changed",
                                Steps.history(service),
                                Reading.of(
                                        "a revision that is minutes older than the slowness",
                                        "compare the slowest route before and after",
                                        RELEASE),
                                Reading.next(
                                        "nothing for hours", "traffic or data changed, not code")));
        List<Mitigation> steps = new ArrayList<>();
        steps.add(Steps.rollBack(RELEASE, service).asFirst());
        Steps.scaleOut(FULL, service, "CPU or workers are the bottleneck, not the database.")
                .map(Mitigation::asFirst)
                .ifPresent(steps::add);
        Steps.limitRate(TRAFFIC, service).ifPresent(steps::add);
        if (service.place() instanceof Place.Systemd at) {
            steps.add(Limits.raise(FULL, at));
        }
        steps.add(
                Steps.restart(
                        CALLED,
                        service,
                        "The slow service has recovered, but this one still holds threads or"
                                + " connections that wait for it."));
        return new Looks(checks, steps);
    }

    static Looks database(Database at) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "busy",
                                "What runs long and who waits for whom",
                                Databases.busy(at),
                                Reading.of(
                                        "many sessions wait for one",
                                        "end that one, after a look at what it is",
                                        DATABASE),
                                Reading.of(
                                        "the same query many times, each for seconds",
                                        "an index or its plan is gone, or a release asks anew",
                                        DATABASE),
                                Reading.of(
                                        "waits for `IO` or `DataFileRead` everywhere",
                                        "the disk is the bottleneck: burst credits or a cold cache",
                                        DATABASE),
                                Reading.next("short and few", "the database keeps up")),
                        Check.of(
                                "connections",
                                "Whether clients wait for a connection",
                                Databases.connections(at),
                                Reading.of(
                                        "`used` is above nine tenths of `allowed`",
                                        "clients queue before they may ask",
                                        DATABASE),
                                Reading.next(
                                        "plenty are free", "the pool of the client may be small")),
                        Check.of(
                                "state",
                                "What the server is doing",
                                Databases.state(at),
                                Reading.of(
                                        "maintenance, backup, resize or failover in the events",
                                        "it is slower while that lasts",
                                        DATABASE),
                                Reading.next("nothing", "nobody works on it")));
        List<Mitigation> steps = new ArrayList<>();
        steps.add(Databases.endSession(DATABASE, at));
        Databases.failOver(DATABASE, at).ifPresent(steps::add);
        return new Looks(checks, steps);
    }
}
