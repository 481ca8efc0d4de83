package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.List;

/// Network policies, of which the newest may be the cause.
final class NetworkPolicies {

    private static final String FILE = "network-policy-before.yaml";

    private NetworkPolicies() {}

    /// @param pattern what the service logs while the way is blocked
    static Mitigation remove(Branch branch, Place.Kubernetes at, String pattern) {
        String hint = "Set POLICY to the policy that is younger than the incident";
        return Mitigation.of(branch, "policy", "Take the newest network policy away")
                .when(
                        "It is younger than the incident, and its owner agrees or cannot be reached"
                                + " within ten minutes. Without it more may talk to these pods:"
                                + " tell security on-call. It is kept in `"
                                + FILE
                                + "` in the folder where you are.")
                .change(
                        new Script(
                                        Kubernetes.in(at, Kubernetes.kubectl(at, "get"))
                                                .preparations(),
                                        List.of(
                                                Pipeline.of(
                                                                Kubernetes.kubectl(
                                                                        at,
                                                                        "get networkpolicy",
                                                                        Word.variable("POLICY"),
                                                                        "--output=yaml"))
                                                        .into(FILE),
                                                Pipeline.of(
                                                        Kubernetes.kubectl(
                                                                at,
                                                                "delete networkpolicy",
                                                                Word.variable("POLICY")))),
                                        true)
                                .needing("POLICY", hint))
                .verify(
                        Kubernetes.logs(at, pattern, 2),
                        "No new line. If there still are some, put the policy back: it was not"
                                + " the cause.")
                .undo(
                        "Put it back from the file.",
                        Kubernetes.in(at, Kubernetes.kubectl(at, "apply", "--filename=" + FILE)));
    }
}
