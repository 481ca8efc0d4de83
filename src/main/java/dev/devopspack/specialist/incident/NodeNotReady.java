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

/// A node or machine does not take work any more.
final class NodeNotReady implements Scenario {

    private static final Branch AGENT =
            Branch.platform('A', "The kubelet or container runtime does not run");
    private static final Branch PRESSURE =
            Branch.platform('B', "Memory, disk or process numbers are used up");
    private static final Branch NETWORK =
            Branch.platform('C', "The node runs but cannot be reached: network or CNI");
    private static final Branch MACHINE =
            Branch.platform('D', "The machine is gone, hangs or has broken hardware");
    private static final Branch MANY =
            Branch.platform('E', "Many nodes at once: zone, control plane or a rollout of nodes");

    private static final String NODE = "Set NODE to the name of the node";

    private static final String PATTERN =
            "node.*not ?ready|evicted|terminating|connection (refused|reset)|no route to host"
                    + "|i/o timeout|out of memory";

    @Override
    public Playbook playbook(Situation situation) {
        List<Part> parts =
                new ArrayList<>(
                        Parts.services(situation, NodeNotReady::workload, HighLatency::database));
        if (situation.services().stream().anyMatch(s -> s.place() instanceof Place.Kubernetes)) {
            parts.add(node());
        }
        return new Playbook(
                "A node does not report, or reports that it takes no work. After five minutes Kubernetes"
                        + " starts its pods elsewhere; those with a volume of the old node wait until it is"
                        + " certain that they ended.",
                List.of(
                        Signal.metric(
                                "The node is not ready",
                                "0 for 3 minutes",
                                "kube_node_status_condition{condition=\"Ready\",status=\"true\"}"),
                        Signal.metric(
                                "A condition of pressure",
                                "1 for 3 minutes",
                                "kube_node_status_condition{condition=~\"MemoryPressure|DiskPressure|PIDPressure\",status=\"true\"}"),
                        Signal.metric(
                                "The machine is not reached (node exporter)",
                                "0 for 3 minutes",
                                "up{job=\"node\"}"),
                        Signal.of(
                                "Pods that end for ever",
                                "`Terminating` for more than 10 minutes",
                                "`kubectl get pods --output=wide`")),
                List.of(AGENT, PRESSURE, NETWORK, MACHINE, MANY),
                ask(
                        "How many nodes are not ready?",
                        answer("several within ten minutes", found(MANY)),
                        answer(
                                "one",
                                ask(
                                        "Does the machine answer (provider's console, then a terminal)?",
                                        answer(
                                                "it is stopped, hangs or shows broken hardware",
                                                found(MACHINE)),
                                        answer("it runs, but no packet comes back", found(NETWORK)),
                                        answer(
                                                "it answers",
                                                ask(
                                                        "Is memory, disk or the number of processes used up?",
                                                        yes(found(PRESSURE)),
                                                        no(found(AGENT))))))),
                parts);
    }

    private static Looks workload(Service service) {
        List<Check> checks = new ArrayList<>();
        checks.add(
                Check.of(
                        "state",
                        "What the service lost",
                        Steps.state(service),
                        Reading.next(
                                "replicas on other nodes are ready",
                                "users are served: there is time to look"),
                        Reading.of(
                                "all are on the node, or `Pending`",
                                "users are not served: start them elsewhere first",
                                MACHINE)));
        checks.add(
                Check.of(
                        "errors",
                        "What it says",
                        Steps.logs(service, PATTERN, 30),
                        Reading.of("timeouts to one address", "that is the node", NETWORK),
                        Reading.next("no line", "it did not notice")));
        List<Mitigation> steps = new ArrayList<>();
        if (service.place() instanceof Place.Kubernetes) {
            Steps.scaleOut(
                            MANY,
                            service,
                            "Other nodes have room, and the replicas that are left are overloaded.")
                    .map(Mitigation::asFirst)
                    .ifPresent(steps::add);
        } else if (service.place() instanceof Place.Systemd at) {
            checks.add(
                    Check.of(
                            "machine",
                            "How the machine is",
                            Systemd.usage(),
                            Reading.of(
                                    "load far above the number of cores; memory swaps",
                                    "it is used up",
                                    PRESSURE),
                            Reading.next("plenty is left", "not this")));
            checks.add(
                    Check.of(
                            "kernel",
                            "What the kernel says",
                            kernel(),
                            Reading.of("`Out of memory`", "memory", PRESSURE),
                            Reading.of(
                                    "`I/O error`, `hung task`, `MCE`",
                                    "hardware or its host",
                                    MACHINE),
                            Reading.of("`link is down`", "network", NETWORK),
                            Reading.next("no line", "not the kernel")));
            steps.add(
                    Steps.restart(
                            AGENT,
                            service,
                            "The machine is well, and the unit alone does not work."));
            steps.add(Limits.raise(PRESSURE, at));
            steps.add(
                    Mitigation.of(MACHINE, "reboot", "Start the machine anew")
                            .when(
                                    "It answers but cannot work (hung tasks, file systems that turned"
                                            + " read-only), its disks are whole, and another machine takes"
                                            + " the requests. All it runs stops, not only this service.")
                            .destroy(Script.of(Systemd.sudo("systemctl reboot")))
                            .verify(Systemd.isActive(at), "`active` after it came back.")
                            .noUndo("If it does not come back within ten minutes, replace it."));
        }
        return new Looks(checks, steps);
    }

    private static Script kernel() {
        return Script.of(
                Pipeline.of(
                        Invocation.typed("journalctl --dmesg", "--since=2 hours ago", "--no-pager"),
                        Invocation.typed(
                                "grep -Ei",
                                "out of memory|hung task|i/o error|mce|link is down|read-only|ext4-fs error"),
                        Invocation.typed("tail -n 40")));
    }

    private static Script at(Invocation... body) {
        return Script.of(body).needing("NODE", NODE);
    }

    private static Part node() {
        Word node = Word.variable("NODE");
        Script status = at(Invocation.typed("kubectl get node", node, "--output=wide"));
        List<Check> checks =
                List.of(
                        Check.of(
                                "nodes",
                                "How many, and which",
                                Script.of(
                                        Pipeline.of(
                                                Invocation.typed(
                                                        "kubectl get nodes --label-columns=topology.kubernetes.io/zone --output=wide")),
                                        Pipeline.of(
                                                Invocation.typed(
                                                        "kubectl get events --all-namespaces --field-selector=involvedObject.kind=Node --sort-by=.lastTimestamp"),
                                                Invocation.typed("tail -n 30"))),
                                Reading.of("several, of one zone", "the zone", MANY),
                                Reading.of(
                                        "several, of one age or version",
                                        "a rollout of nodes",
                                        MANY),
                                Reading.next("one", "look at it as `NODE`")),
                        Check.of(
                                "conditions",
                                "What the node says of itself",
                                at(Invocation.typed("kubectl describe node", node)),
                                Reading.of(
                                        "`Kubelet stopped posting node status`, all `Unknown`",
                                        "it does not report: machine, network or kubelet",
                                        AGENT),
                                Reading.of(
                                        "`MemoryPressure`, `DiskPressure` or `PIDPressure` is `True`",
                                        "something is used up",
                                        PRESSURE),
                                Reading.of(
                                        "`NetworkUnavailable`, `cni plugin not initialized`",
                                        "its network",
                                        NETWORK),
                                Reading.of(
                                        "a taint `node.cloudprovider.kubernetes.io/shutdown`",
                                        "it is stopped",
                                        MACHINE)),
                        Check.of(
                                "pods",
                                "What ran there",
                                at(
                                        Invocation.typed(
                                                "kubectl get pods --all-namespaces",
                                                Word.option("--field-selector=spec.nodeName", node),
                                                "--output=wide")),
                                Reading.next("only daemons", "nothing is lost"),
                                Reading.next(
                                        "pods of a StatefulSet",
                                        "they start elsewhere only once it is certain that they ended")),
                        Check.of(
                                "kubelet",
                                "On the node: kubelet and runtime",
                                Script.of(
                                        Pipeline.of(
                                                Systemd.systemctl(
                                                        "status kubelet containerd --no-pager --lines=10")),
                                        Pipeline.of(
                                                Invocation.typed(
                                                        "journalctl --unit=kubelet",
                                                        "--since=30 min ago",
                                                        "--no-pager"),
                                                Invocation.typed(
                                                        "grep -Ei",
                                                        "error|fail|pleg|certificate|unauthorized|evict"),
                                                Invocation.typed("tail -n 40")),
                                        Pipeline.of(Invocation.typed("df -h")),
                                        Pipeline.of(Invocation.typed("free -m"))),
                                Reading.of(
                                        "`inactive`, `failed`, `PLEG is not healthy`",
                                        "restart it",
                                        AGENT),
                                Reading.of(
                                        "a file system at 100 %, no free memory",
                                        "used up", PRESSURE),
                                Reading.of(
                                        "`certificate has expired`, `Unauthorized`",
                                        "it may not report",
                                        AGENT)),
                        Check.of(
                                "kernel",
                                "On the node: the kernel",
                                kernel(),
                                Reading.of(
                                        "`I/O error`, `hung task`, `MCE`",
                                        "hardware or its host",
                                        MACHINE),
                                Reading.of("`link is down`", "network", NETWORK),
                                Reading.next("no line", "not the kernel")));
        return Part.dependency(
                "node",
                "The node",
                "`kubectl` runs where you are; the blocks “On the node” run in a terminal there (as root or"
                        + " a member of `systemd-journal`).",
                checks,
                List.of(cordon(status), restartAgent(status), cleanImages(), drain(), forget()));
    }

    private static Mitigation cordon(Script status) {
        Word node = Word.variable("NODE");
        return Mitigation.of(PRESSURE, "cordon", "Send no new pods there")
                .when("The node is in doubt. What runs there goes on.")
                .change(at(Invocation.typed("kubectl cordon", node)))
                .verify(status, "`SchedulingDisabled`.")
                .undo("Let it take pods again.", at(Invocation.typed("kubectl uncordon", node)))
                .asFirst();
    }

    private static Mitigation restartAgent(Script status) {
        return Mitigation.of(AGENT, "restart-kubelet", "On the node: restart kubelet and runtime")
                .when(
                        "The machine has memory, disk and network, and one of them does not work. Containers"
                                + " go on while they restart.")
                .change(
                        Script.of(
                                Systemd.sudo("systemctl restart containerd"),
                                Systemd.sudo("systemctl restart kubelet")))
                .verify(status, "`Ready` within two minutes.")
                .noUndo("If it stays `NotReady`, its log names the reason; go on with branch D.");
    }

    private static Mitigation cleanImages() {
        return Mitigation.of(
                        PRESSURE, "remove-images", "On the node: remove images that nothing uses")
                .when(
                        "`DiskPressure`, and images take the room. They are pulled again when needed.")
                .destroy(Script.of(Systemd.sudo("crictl rmi --prune")))
                .verify(
                        Script.of(Invocation.typed("df -h /var/lib/containerd")),
                        "Below 80 %; the condition clears within five minutes.")
                .noUndo("The registry has them; see that it answers before.");
    }

    private static Mitigation drain() {
        Word node = Word.variable("NODE");
        return Mitigation.of(NETWORK, "drain", "Move its pods away")
                .when(
                        "The node is not to be mended within minutes, and others have room. Budgets for"
                                + " disruption are kept; data in `emptyDir` is lost.")
                .destroy(
                        at(
                                Invocation.typed(
                                        "kubectl drain",
                                        node,
                                        "--ignore-daemonsets",
                                        "--delete-emptydir-data",
                                        "--timeout=10m")))
                .verify(
                        at(
                                Invocation.typed(
                                        "kubectl get pods --all-namespaces",
                                        Word.option("--field-selector=spec.nodeName", node))),
                        "Only daemons are left.")
                .undo(
                        "Let it take pods again; those that moved stay where they are.",
                        at(Invocation.typed("kubectl uncordon", node)));
    }

    private static Mitigation forget() {
        Word node = Word.variable("NODE");
        String taint = "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute";
        return Mitigation.of(MACHINE, "out-of-service", "Say that the machine is off")
                .when(
                        "The provider's console shows that the machine is stopped, for certain. Pods with"
                                + " volumes start elsewhere at once. While it still runs, two of them would"
                                + " write to one volume and break it.")
                .destroy(at(Invocation.typed("kubectl taint nodes", node, taint)))
                .verify(
                        at(Invocation.typed("kubectl describe node", node)),
                        "The taint is shown, and its pods start on other nodes.")
                .undo(
                        "Once the machine is back and its pods are gone.",
                        at(Invocation.typed("kubectl taint nodes", node, taint + "-")));
    }
}
