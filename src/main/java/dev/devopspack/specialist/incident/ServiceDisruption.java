package dev.devopspack.specialist.incident;

import static dev.devopspack.specialist.incident.Tree.answer;
import static dev.devopspack.specialist.incident.Tree.ask;
import static dev.devopspack.specialist.incident.Tree.found;
import static dev.devopspack.specialist.incident.Tree.no;
import static dev.devopspack.specialist.incident.Tree.yes;

import java.util.ArrayList;
import java.util.List;

/// Something is wrong, and no other kind of incident fits.
final class ServiceDisruption implements Scenario {

    private static final Branch CHANGE =
            Branch.owner('A', "Something changed: release, flag, setting");
    private static final Branch BROKEN = Branch.owner('B', "Instances end, hang or are not ready");
    private static final Branch FULL =
            Branch.owner('C', "CPU, memory, disk or connections are used up");
    private static final Branch CALLED =
            Branch.database('D', "What it depends on fails or is slow");
    private static final Branch ENTRANCE =
            Branch.platform(
                    'E', "Users do not reach it: name, certificate, load balancer, network");

    private static final String PATTERN =
            "error|exception|panic|fatal|refused|timed? ?out|denied|no space|out of memory|certificate"
                    + "|no such host|unavailable";

    @Override
    public Playbook playbook(Situation situation) {
        return new Playbook(
                "Users notice that something is wrong, and it is not known yet what. Find out which kind of"
                        + " incident it is; then ask for the runbook of that kind.",
                List.of(
                        Signal.of(
                                "Failed requests",
                                "above 5 % for 5 minutes",
                                "the service's dashboard"),
                        Signal.of(
                                "Slow requests",
                                "the slowest one in a hundred takes twice as long as last week",
                                "the service's dashboard"),
                        Signal.of(
                                "A test from outside fails",
                                "3 in a row, from 2 places",
                                "synthetic checks, or the check `outside`"),
                        Signal.of("Users say so", "3 reports within 15 minutes", "support queue")),
                List.of(CHANGE, BROKEN, FULL, CALLED, ENTRANCE),
                ask(
                        "Does a request from outside reach the service (check `outside`)?",
                        answer("it fails before: name, TLS, connection", found(ENTRANCE)),
                        answer(
                                "it does",
                                ask(
                                        "Did anything change in the hour before?",
                                        yes(found(CHANGE)),
                                        no(
                                                ask(
                                                        "Are all instances ready and old?",
                                                        no(found(BROKEN)),
                                                        yes(
                                                                ask(
                                                                        "Is CPU, memory or disk near its"
                                                                                + " limit?",
                                                                        yes(found(FULL)),
                                                                        no(
                                                                                ask(
                                                                                        "Do its errors name"
                                                                                                + " something it"
                                                                                                + " calls?",
                                                                                        yes(
                                                                                                found(
                                                                                                        CALLED)),
                                                                                        no(
                                                                                                new Tree
                                                                                                        .Escalate(
                                                                                                        Branch
                                                                                                                .Helper
                                                                                                                .OWNER))))))))))),
                Parts.services(situation, ServiceDisruption::workload, HighLatency::database));
    }

    private static Looks workload(Service service) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "outside",
                                "What a user gets",
                                Steps.outside(service),
                                Reading.of(
                                        "`Could not resolve host`, a certificate error, a refused or timed"
                                                + " out connection",
                                        "it fails before the service",
                                        ENTRANCE),
                                Reading.of(
                                        "`status=502` or `503`",
                                        "nothing behind the entrance is ready",
                                        BROKEN),
                                Reading.next("`status=500`, or slow", "the service: go on"),
                                Reading.next(
                                        "`status=2xx`, quick",
                                        "ask what exactly fails, and for whom")),
                        Check.of(
                                "state",
                                "Whether it runs",
                                Steps.state(service),
                                Reading.of(
                                        "not ready, restarts, failed",
                                        "it does not run well",
                                        BROKEN),
                                Reading.next("all are well, for days", "it runs")),
                        Check.of(
                                "changes",
                                "What changed",
                                Steps.history(service),
                                Reading.of(
                                        "anything within the hour before",
                                        "suspect it first",
                                        CHANGE),
                                Reading.next(
                                        "nothing",
                                        "ask for flags, DNS, certificates, firewalls as well")),
                        Check.of(
                                "errors",
                                "What it says",
                                Steps.logs(service, PATTERN, 30),
                                Reading.of(
                                        "it names the database or another service",
                                        "look there",
                                        CALLED),
                                Reading.of(
                                        "`no space`, `out of memory`",
                                        "something is used up",
                                        FULL),
                                Reading.next("no line", "it does not notice")),
                        Check.of(
                                "use",
                                "Whether it has what it needs",
                                Steps.usage(service),
                                Reading.of("at a limit", "it is full", FULL),
                                Reading.next("plenty is left", "it waits, or nobody asks")));
        List<Mitigation> steps = new ArrayList<>();
        steps.add(Steps.rollBack(CHANGE, service).asFirst());
        steps.add(
                Steps.restart(
                        BROKEN,
                        service,
                        "Instances hang or leak. Keep what tells why first: log, thread dump, memory."));
        Steps.scaleOut(FULL, service, "It is CPU or workers that are used up.")
                .ifPresent(steps::add);
        return new Looks(checks, steps);
    }
}
