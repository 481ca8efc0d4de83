package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Commands for what runs in Kubernetes.
final class Kubernetes {

    /// The public half of a secret of type `kubernetes.io/tls`, and nothing else of it.
    static final String CERTIFICATE_OF_SECRET = "--output=go-template={{index .data \"tls.crt\"}}";

    /// The workload's own labels: what it is called is no proof of how its pods are labelled.
    private static final String SELECTOR_TEMPLATE =
            "--output=go-template={{$c := \"\"}}{{range $k, $v := .spec.selector.matchLabels}}"
                    + "{{$c}}{{$k}}={{$v}}{{$c = \",\"}}{{end}}";

    private static final String TERMINATIONS =
            "--output=custom-columns=POD:.metadata.name,NODE:.spec.nodeName,"
                    + "RESTARTS:.status.containerStatuses[*].restartCount,"
                    + "WAITING:.status.containerStatuses[*].state.waiting.reason,"
                    + "LAST_END:.status.containerStatuses[*].lastState.terminated.reason,"
                    + "EXIT:.status.containerStatuses[*].lastState.terminated.exitCode";

    private Kubernetes() {}

    /// `kubectl` in the workload's namespace.
    ///
    /// @param typed its first words, a space between two
    static Invocation kubectl(Place.Kubernetes at, String typed, Object... more) {
        List<Object> words = new ArrayList<>();
        words.add(inNamespace(at));
        words.addAll(Invocation.words(typed));
        words.addAll(Arrays.asList(more));
        return Invocation.of("kubectl", words.toArray());
    }

    static Word inNamespace(Place.Kubernetes at) {
        return Word.option(
                "--namespace",
                at.namespace() == null
                        ? Word.variable("NAMESPACE")
                        : Word.text(at.namespace().value()));
    }

    /// Adds what the commands of the namespace need.
    static Script in(Place.Kubernetes at, Pipeline... body) {
        return new Script(namespace(at), Arrays.asList(body), false);
    }

    static Script in(Place.Kubernetes at, Invocation... body) {
        return in(at, Arrays.stream(body).map(Pipeline::of).toArray(Pipeline[]::new));
    }

    /// Adds `SELECTOR`, which chooses the workload's pods.
    static Script selecting(Place.Kubernetes at, Pipeline... body) {
        List<Script.Preparation> before = new ArrayList<>(namespace(at));
        before.add(
                new Script.Preparation.Capture(
                        "SELECTOR",
                        Pipeline.of(kubectl(at, "get", workload(at), SELECTOR_TEMPLATE))));
        before.add(
                new Script.Preparation.Need(
                        "SELECTOR", "The workload has no labels to select its pods by"));
        return new Script(before, Arrays.asList(body), false);
    }

    static Script selecting(Place.Kubernetes at, Invocation... body) {
        return selecting(at, Arrays.stream(body).map(Pipeline::of).toArray(Pipeline[]::new));
    }

    private static List<Script.Preparation> namespace(Place.Kubernetes at) {
        return at.namespace() == null
                ? List.of(
                        new Script.Preparation.Need(
                                "NAMESPACE", "Set NAMESPACE to the namespace of " + at.workload()))
                : List.of();
    }

    static String workload(Place.Kubernetes at) {
        return at.kind() + "/" + at.workload();
    }

    static Word selector() {
        return Word.option("--selector", Word.variable("SELECTOR"));
    }

    static Script pods(Place.Kubernetes at) {
        return selecting(
                at,
                kubectl(at, "get", workload(at)),
                kubectl(at, "get pods", selector(), "--output=wide"));
    }

    /// How the containers of each pod ended before.
    static Script terminations(Place.Kubernetes at) {
        return selecting(at, kubectl(at, "get pods", selector(), TERMINATIONS));
    }

    static Script warnings(Place.Kubernetes at) {
        return in(
                at,
                Pipeline.of(
                        kubectl(
                                at,
                                "get events --field-selector=type=Warning --sort-by=.lastTimestamp"),
                        Invocation.typed("tail -n 30")));
    }

    /// @param pattern an extended regular expression of ours
    static Script logs(Place.Kubernetes at, String pattern, int minutes) {
        return selecting(
                at,
                Pipeline.of(
                        kubectl(
                                at,
                                "logs",
                                selector(),
                                "--all-containers",
                                "--prefix",
                                "--max-log-requests=20",
                                "--tail=5000",
                                "--since=" + minutes + "m"),
                        Invocation.typed("grep -Ei", pattern),
                        Invocation.typed("tail -n 40")));
    }

    static Script previousLogs(Place.Kubernetes at) {
        return in(
                        at,
                        kubectl(
                                at,
                                "logs",
                                Word.variable("POD"),
                                "--previous",
                                "--all-containers",
                                "--tail=80"))
                .needing("POD", "Set POD to the name of a pod that restarted");
    }

    static Script usage(Place.Kubernetes at) {
        return selecting(
                at, kubectl(at, "top pods", selector(), "--containers"), kubectl(at, "get hpa"));
    }

    static Script history(Place.Kubernetes at) {
        Invocation revisions = kubectl(at, "rollout history", workload(at));
        return at.kind().equals("deployment")
                ? selecting(
                        at,
                        revisions,
                        kubectl(
                                at,
                                "get replicasets",
                                selector(),
                                "--sort-by=.metadata.creationTimestamp",
                                "--output=wide"))
                : in(at, revisions);
    }

    static Script rolledOut(Place.Kubernetes at) {
        return in(at, kubectl(at, "rollout status", workload(at), "--timeout=5m"));
    }

    static Script restart(Place.Kubernetes at) {
        return in(at, kubectl(at, "rollout restart", workload(at)));
    }

    static Script rollBack(Place.Kubernetes at) {
        return in(at, kubectl(at, "rollout undo", workload(at)));
    }

    static Script scale(Place.Kubernetes at, String variable, String hint) {
        return in(
                        at,
                        kubectl(
                                at,
                                "scale",
                                workload(at),
                                Word.option("--replicas", Word.variable(variable))))
                .needing(variable, hint);
    }
}
