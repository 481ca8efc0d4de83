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
import java.util.List;

/// A process starts, ends and is started again.
final class PodCrashLoop implements Scenario {

    private static final Branch MEMORY = Branch.owner('A', "It needs more memory than its limit");
    private static final Branch START =
            Branch.owner(
                    'B', "It cannot start: configuration, secret, file or dependency is missing");
    private static final Branch PROBE =
            Branch.owner('C', "It is ended by its liveness probe or watchdog although it works");
    private static final Branch RELEASE = Branch.owner('D', "The new release ends at its start");
    private static final Branch IMAGE =
            Branch.platform('E', "The image cannot be pulled or does not fit the machine");

    private static final String PATTERN =
            "fatal|panic|exception|error|cannot|not found|no such|missing|required|denied|refused"
                    + "|killed|exec format|migration";

    @Override
    public Playbook playbook(Situation situation) {
        return new Playbook(
                "A process starts, ends and is started again, each time after a longer pause"
                        + " (`CrashLoopBackOff`, up to five minutes; systemd gives up with"
                        + " `start-limit-hit`). Replicas that still run carry all requests.",
                List.of(
                        Signal.metric(
                                "Restarts of containers",
                                "above 3 in 10 minutes",
                                "increase(kube_pod_container_status_restarts_total[10m])"),
                        Signal.metric(
                                "Containers that wait to be started again",
                                "above 0 for 5 minutes",
                                "kube_pod_container_status_waiting_reason{reason=\"CrashLoopBackOff\"}"),
                        Signal.metric(
                                "Replicas that are missing",
                                "above 0 for 10 minutes",
                                "kube_deployment_spec_replicas - kube_deployment_status_replicas_available"),
                        Signal.metric(
                                "systemd units that failed",
                                "1 for 1 minute",
                                "node_systemd_unit_state{state=\"failed\"}")),
                List.of(MEMORY, START, PROBE, RELEASE, IMAGE),
                ask(
                        "How did it end the last time (check `ends`)?",
                        answer(
                                "`OOMKilled`, exit 137 or result `oom-kill`".replace("`", ""),
                                found(MEMORY)),
                        answer("the image could not be pulled, or exec format error", found(IMAGE)),
                        answer(
                                "exit 143 or 137 after failed probes, or result watchdog",
                                found(PROBE)),
                        answer(
                                "it ended by itself with an error",
                                ask(
                                        "Does only the newest revision end?",
                                        yes(found(RELEASE)),
                                        no(found(START)))),
                        answer("exit 0", found(START))),
                Parts.services(situation, PodCrashLoop::workload, HighLatency::database));
    }

    private static Looks workload(Service service) {
        return switch (service.place()) {
            case Place.Kubernetes at -> kubernetes(service, at);
            case Place.Systemd at -> systemd(service, at);
            case Place.Managed at -> HighLatency.database(at.database());
        };
    }

    private static Looks kubernetes(Service service, Place.Kubernetes at) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "ends",
                                "How containers ended",
                                Kubernetes.terminations(at),
                                Reading.of(
                                        "`LAST_END` is `OOMKilled`, or `EXIT` is 137 with memory at its"
                                                + " limit",
                                        "the kernel ended it at its memory limit",
                                        MEMORY),
                                Reading.of(
                                        "`WAITING` is `ImagePullBackOff`, `ErrImagePull` or"
                                                + " `InvalidImageName`",
                                        "it never started",
                                        IMAGE),
                                Reading.of(
                                        "`WAITING` is `CreateContainerConfigError`",
                                        "a ConfigMap, secret or key that it names does not exist",
                                        START),
                                Reading.of(
                                        "`EXIT` is 143 (or 137) and memory is far from its limit",
                                        "it was told to end: look for failed probes in the events",
                                        PROBE),
                                Reading.next(
                                        "`EXIT` is 1, 2 or 255",
                                        "it ended by itself: its log says why"),
                                Reading.of(
                                        "`EXIT` is 126, 127 or 128",
                                        "the command is not there or cannot be run",
                                        IMAGE)),
                        Check.of(
                                "last-words",
                                "What it said before it ended",
                                Kubernetes.previousLogs(at),
                                Reading.of(
                                        "a setting, file, variable or table that is missing; a refused"
                                                + " connection",
                                        "it cannot start as things are",
                                        START),
                                Reading.of(
                                        "a stack of code that the newest release brought",
                                        "the release is the cause",
                                        RELEASE),
                                Reading.of(
                                        "nothing, or it stops in the middle of work",
                                        "it was ended from outside: memory or probe",
                                        MEMORY)),
                        Check.of(
                                "events",
                                "What the cluster says",
                                Kubernetes.warnings(at),
                                Reading.of(
                                        "`Liveness probe failed` and `Killing`",
                                        "compare the probe's time limit with how long a start takes",
                                        PROBE),
                                Reading.of(
                                        "`Failed to pull image`",
                                        "name, tag, registry or its sign-in",
                                        IMAGE),
                                Reading.of(
                                        "`FailedMount`, `not found`",
                                        "a volume, secret or ConfigMap is not there",
                                        START),
                                Reading.of(
                                        "`FailedScheduling`, `Evicted`",
                                        "nodes are full: work with the runbook for a node that is not"
                                                + " ready",
                                        IMAGE)),
                        Check.of(
                                "changes",
                                "Whether only the newest revision ends",
                                Kubernetes.history(at),
                                Reading.of(
                                        "the newest replica set has no ready pod, the one before has",
                                        "the rollout stands still, users still get the older one",
                                        RELEASE),
                                Reading.next(
                                        "the same revision ran for days",
                                        "something around it changed: secret, database, data")));
        return new Looks(
                checks,
                List.of(
                        Steps.rollBack(RELEASE, service).asFirst(),
                        Limits.raise(MEMORY, at),
                        Steps.restart(
                                START,
                                service,
                                "What was missing is there now (ConfigMap, secret, migration, database),"
                                        + " and the pause before the next start is minutes long."),
                        withoutProbe(at),
                        image(at)));
    }

    private static Mitigation withoutProbe(Place.Kubernetes at) {
        return Mitigation.of(
                        PROBE, "probe-off", "Take the liveness probe of the first container away")
                .when(
                        "The container works when it is left alone: its log shows requests until it is"
                                + " ended. A process that hangs is not restarted any more while the probe"
                                + " is away.")
                .change(
                        Kubernetes.in(
                                at,
                                Kubernetes.kubectl(
                                        at,
                                        "patch",
                                        Kubernetes.workload(at),
                                        "--type=json",
                                        "--patch=[{\"op\": \"remove\", \"path\":"
                                                + " \"/spec/template/spec/containers/0/livenessProbe\"}]")))
                .verify(
                        Kubernetes.terminations(at),
                        "Restarts stand still for ten minutes, and the pods stay ready.")
                .undo("The revision before has the probe.", Kubernetes.rollBack(at));
    }

    private static Mitigation image(Place.Kubernetes at) {
        String container = "Set CONTAINER to the container whose image is wrong";
        return Mitigation.of(IMAGE, "image", "Run an image that is known to work")
                .when(
                        "The registry answers, and the digest ran before (`changes` shows it, `kubectl"
                                + " describe` the one of now: note that as `IMAGE_NOW`).")
                .change(
                        setImage(
                                at,
                                container,
                                "IMAGE_BEFORE",
                                "Set IMAGE_BEFORE to name and sha256 digest of the image that ran"))
                .verify(Kubernetes.rolledOut(at), "`successfully rolled out`.")
                .undo(
                        "Back to the image of before this step.",
                        setImage(
                                at,
                                container,
                                "IMAGE_NOW",
                                "Set IMAGE_NOW to name and digest of the image from before"));
    }

    private static Script setImage(
            Place.Kubernetes at, String container, String variable, String hint) {
        return Kubernetes.in(
                        at,
                        Kubernetes.kubectl(
                                at,
                                "set image",
                                Kubernetes.workload(at),
                                Word.joined(
                                        Word.variable("CONTAINER"),
                                        Word.text("="),
                                        Word.variable(variable))))
                .needing("CONTAINER", container)
                .needing(variable, hint);
    }

    private static Looks systemd(Service service, Place.Systemd at) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "ends",
                                "How the unit ended",
                                Systemd.state(at),
                                Reading.of(
                                        "`Result=oom-kill`",
                                        "its memory limit or the machine's",
                                        MEMORY),
                                Reading.of(
                                        "`Result=watchdog` or `timeout`",
                                        "systemd ended it: it did not report in time",
                                        PROBE),
                                Reading.of(
                                        "`ExecMainStatus=203`",
                                        "the program of `ExecStart` is not there or not executable",
                                        IMAGE),
                                Reading.of(
                                        "`ExecMainStatus` 200 to 243 but 203",
                                        "systemd could not prepare it: user, folder, credentials",
                                        START),
                                Reading.next(
                                        "`Result=exit-code` or `start-limit-hit`",
                                        "it ended by itself: its log says why")),
                        Check.of(
                                "last-words",
                                "What it said before it ended",
                                Systemd.logs(at, PATTERN, 30),
                                Reading.of(
                                        "a setting, file or connection that is missing",
                                        "it cannot start as things are",
                                        START),
                                Reading.of(
                                        "a stack of code that the newest release brought",
                                        "the release is the cause",
                                        RELEASE)),
                        Check.of(
                                "kernel",
                                "Whether the kernel ended it",
                                Script.of(
                                        Pipeline.of(
                                                Invocation.typed(
                                                        "journalctl --dmesg",
                                                        "--since=1 hour ago",
                                                        "--no-pager"),
                                                Invocation.typed(
                                                        "grep -Ei",
                                                        "out of memory|oom-kill|segfault"),
                                                Invocation.typed("tail -n 20"))),
                                Reading.of(
                                        "`Out of memory: Killed process`",
                                        "memory ran out",
                                        MEMORY),
                                Reading.of("`segfault`", "the program is broken", RELEASE),
                                Reading.next("no line", "not the kernel")),
                        Check.of(
                                "changes",
                                "What changed",
                                Systemd.history(at),
                                Reading.of(
                                        "an upgrade just before, or `NeedDaemonReload=yes`",
                                        "package or unit file is new",
                                        RELEASE),
                                Reading.next("nothing", "something around it changed")));
        return new Looks(
                checks,
                List.of(
                        Steps.rollBack(RELEASE, service).asFirst(),
                        Limits.raise(MEMORY, at),
                        startAgain(at),
                        withoutWatchdog(at)));
    }

    private static Mitigation startAgain(Place.Systemd at) {
        return Mitigation.of(START, "start-again", "Let systemd start it again")
                .when(
                        "What was missing is there now, and the unit is `failed` with"
                                + " `start-limit-hit`: systemd does not try any more.")
                .change(
                        Script.of(
                                Systemd.sudo("systemctl reset-failed", at.unit().value()),
                                Systemd.sudo("systemctl start", at.unit().value())))
                .verify(
                        Systemd.isActive(at),
                        "`active` for five minutes, with the same start time.")
                .undo(
                        "Stop it where it does harm while it restarts.",
                        Script.of(Systemd.sudo("systemctl stop", at.unit().value())));
    }

    private static Mitigation withoutWatchdog(Place.Systemd at) {
        return Mitigation.of(
                        PROBE,
                        "watchdog-off",
                        "Let it run without the watchdog until the next boot")
                .when(
                        "Its log shows work until it is ended, and `systemctl cat` shows"
                                + " `WatchdogSec`. The file that is written is gone after a boot.")
                .change(
                        Script.of(
                                Pipeline.of(
                                        Systemd.sudo(
                                                "mkdir --parents",
                                                "/run/systemd/system/" + at.unit() + ".d")),
                                Pipeline.of(
                                        Systemd.sudo(
                                                        "tee",
                                                        "/run/systemd/system/"
                                                                + at.unit()
                                                                + ".d/90-incident.conf")
                                                .reading(
                                                        "UNIT",
                                                        List.of("[Service]", "WatchdogSec=0"))),
                                Pipeline.of(Systemd.sudo("systemctl daemon-reload")),
                                Pipeline.of(Systemd.sudo("systemctl restart", at.unit().value()))))
                .verify(Systemd.isActive(at), "`active` for ten minutes, with the same start time.")
                .undo(
                        "Remove the file and restart.",
                        Script.of(
                                Systemd.sudo(
                                        "rm",
                                        "/run/systemd/system/" + at.unit() + ".d/90-incident.conf"),
                                Systemd.sudo("systemctl daemon-reload"),
                                Systemd.sudo("systemctl restart", at.unit().value())));
    }
}
