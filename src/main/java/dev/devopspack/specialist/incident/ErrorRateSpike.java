package dev.devopspack.specialist.incident;

import static dev.devopspack.specialist.incident.Tree.answer;
import static dev.devopspack.specialist.incident.Tree.ask;
import static dev.devopspack.specialist.incident.Tree.found;
import static dev.devopspack.specialist.incident.Tree.no;
import static dev.devopspack.specialist.incident.Tree.yes;

import dev.devopspack.language.shell.print.Word;
import java.util.ArrayList;
import java.util.List;

/// More requests fail than usual.
final class ErrorRateSpike implements Scenario {

    private static final Branch RELEASE = Branch.owner('A', "A release or a flag broke it");
    private static final Branch CALLED =
            Branch.owner('B', "Something that it calls fails: a service, the database, a provider");
    private static final Branch INSTANCE =
            Branch.platform('C', "Some instances are broken, the others work");
    private static final Branch REQUESTS =
            Branch.owner('D', "The requests are wrong: one client, one tenant, an attack");
    private static final Branch FULL =
            Branch.owner('E', "A limit is reached: memory, files, workers");

    private static final String PATTERN =
            "error|exception|panic|fatal|\" 5[0-9][0-9] |status[=:\" ]+5[0-9][0-9]|too many open files"
                    + "|out of memory|refused|unavailable";

    @Override
    public Playbook playbook(Situation situation) {
        return new Playbook(
                "More requests end with an error than usual. The errors are quick, so the service may"
                        + " look fast and unloaded; what users get is a failure.",
                List.of(
                        Signal.metric(
                                "Share of failed requests (name the metric of your service)",
                                "above 5 % for 5 minutes, or 14.4 times what the error budget allows for"
                                        + " an hour",
                                "sum(rate(http_requests_total{code=~\"5..\"}[5m])) /"
                                        + " sum(rate(http_requests_total[5m]))"),
                        Signal.of(
                                "It is the service and not the way to it",
                                "the entrance's own count of 502, 503 and 504 does not explain it",
                                "load balancer or ingress dashboard"),
                        Signal.of(
                                "Users say so",
                                "3 reports of the same failure within 15 minutes",
                                "support queue")),
                List.of(RELEASE, CALLED, INSTANCE, REQUESTS, FULL),
                ask(
                        "Did a release, a flag or a configuration change in the half hour before?",
                        yes(found(RELEASE)),
                        no(
                                ask(
                                        "Who fails?",
                                        answer(
                                                "only some instances, one node or one zone",
                                                found(INSTANCE)),
                                        answer("only one client, tenant or route", found(REQUESTS)),
                                        answer(
                                                "all alike",
                                                ask(
                                                        "What do the errors name?",
                                                        answer(
                                                                "another service or the database",
                                                                found(CALLED)),
                                                        answer(
                                                                "memory, open files, workers or a"
                                                                        + " full queue",
                                                                found(FULL)),
                                                        answer(
                                                                "its own code",
                                                                new Tree.Escalate(
                                                                        Branch.Helper.OWNER))))))),
                Parts.services(situation, ErrorRateSpike::workload, HighLatency::database));
    }

    private static Looks workload(Service service) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "outside",
                                "Whether users get it now",
                                Steps.outside(service),
                                Reading.of(
                                        "`status=502` or `503` at once",
                                        "no instance behind the entrance is ready",
                                        INSTANCE),
                                Reading.of(
                                        "`status=504` after a long wait",
                                        "it waits for something that does not answer",
                                        CALLED),
                                Reading.next("`status=500`", "the service itself fails: go on"),
                                Reading.next(
                                        "`status=2xx`", "another route or client: ask for one")),
                        Check.of(
                                "errors",
                                "What the errors are",
                                Steps.logs(service, PATTERN, 15),
                                Reading.of(
                                        "the same stack or line again and again, unknown before today",
                                        "new code or new configuration",
                                        RELEASE),
                                Reading.of(
                                        "`refused`, `unavailable` or a time limit, with the name of"
                                                + " another service",
                                        "it passes on what it gets",
                                        CALLED),
                                Reading.of(
                                        "`too many open files`, `out of memory`, `queue full`",
                                        "a limit is reached",
                                        FULL),
                                Reading.of(
                                        "one client, tenant or path in most lines",
                                        "its requests are the cause",
                                        REQUESTS)),
                        Check.of(
                                "state",
                                "Whether all instances fail",
                                Steps.state(service),
                                Reading.of(
                                        "some are not ready or restart",
                                        "look where they run: one node or one zone?",
                                        INSTANCE),
                                Reading.next("all are well", "they fail alike")),
                        Check.of(
                                "changes",
                                "What changed",
                                Steps.history(service),
                                Reading.of(
                                        "a revision or start that is minutes older than the errors",
                                        "go back first, look for the reason later",
                                        RELEASE),
                                Reading.next("nothing for hours", "it came from outside")),
                        Check.of(
                                "use",
                                "Whether a limit is reached",
                                Steps.usage(service),
                                Reading.of("memory or CPU at its limit", "it is full", FULL),
                                Reading.next("plenty is left", "no limit of these")));
        List<Mitigation> steps = new ArrayList<>();
        steps.add(Steps.rollBack(RELEASE, service).asFirst());
        steps.add(
                Steps.restart(
                        FULL,
                        service,
                        "Errors began slowly after days of running, and memory, files or threads only"
                                + " grow: it leaks."));
        if (service.place() instanceof Place.Kubernetes at) {
            steps.add(isolate(at));
            Steps.limitRate(REQUESTS, service).ifPresent(steps::add);
            Steps.scaleOut(
                            CALLED,
                            service,
                            "What it calls has recovered, and retries keep every replica busy.")
                    .ifPresent(steps::add);
        }
        return new Looks(checks, steps);
    }

    /// A pod that gets no more requests but stays to be looked at.
    private static Mitigation isolate(Place.Kubernetes at) {
        String hint = "Set POD to the pod that fails";
        String label = "Set LABEL to the key of a label that the service selects by";
        return Mitigation.of(
                        INSTANCE, "isolate-pod", "Take one pod out of the service, keep it to look")
                .when(
                        "One pod fails and the others work. Without the label the service sends it"
                                + " nothing, and the workload starts another one. Note the label's value"
                                + " as `VALUE`.")
                .change(
                        Kubernetes.in(
                                        at,
                                        Kubernetes.kubectl(
                                                at,
                                                "label pod",
                                                Word.variable("POD"),
                                                Word.joined(
                                                        Word.variable("LABEL"), Word.text("-"))))
                                .needing("POD", hint)
                                .needing("LABEL", label))
                .verify(
                        Kubernetes.pods(at),
                        "Another pod is ready in its stead, and the error rate falls.")
                .undo(
                        "Give the label back; the workload then removes one pod too many.",
                        Kubernetes.in(
                                        at,
                                        Kubernetes.kubectl(
                                                at,
                                                "label pod",
                                                Word.variable("POD"),
                                                Word.joined(
                                                        Word.variable("LABEL"),
                                                        Word.text("="),
                                                        Word.variable("VALUE"))))
                                .needing("POD", hint)
                                .needing("LABEL", label)
                                .needing("VALUE", "Set VALUE to the value that the label had"));
    }
}
