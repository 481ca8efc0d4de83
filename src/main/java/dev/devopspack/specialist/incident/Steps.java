package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks and mitigations that several kinds of incidents need, by where a service runs.
final class Steps {

    private static final String GITOPS =
            " If Argo CD, Flux or a pipeline owns the workload, stop its synchronisation first, or it"
                    + " undoes this.";

    private Steps() {}

    static Script state(Service service) {
        return switch (service.place()) {
            case Place.Kubernetes at -> Kubernetes.pods(at);
            case Place.Systemd at -> Systemd.state(at);
            case Place.Managed at -> Databases.state(at.database());
        };
    }

    /// @param pattern an extended regular expression of ours
    static Script logs(Service service, String pattern, int minutes) {
        return switch (service.place()) {
            case Place.Kubernetes at -> Kubernetes.logs(at, pattern, minutes);
            case Place.Systemd at -> Systemd.logs(at, pattern, minutes);
            case Place.Managed at -> Databases.state(at.database());
        };
    }

    static Script usage(Service service) {
        return switch (service.place()) {
            case Place.Kubernetes at -> Kubernetes.usage(at);
            case Place.Systemd _ -> Systemd.usage();
            case Place.Managed at -> Databases.busy(at.database());
        };
    }

    static Script history(Service service) {
        return switch (service.place()) {
            case Place.Kubernetes at -> Kubernetes.history(at);
            case Place.Systemd at -> Systemd.history(at);
            case Place.Managed at -> Databases.state(at.database());
        };
    }

    /// From outside, as a user reaches it: status and how long each step took.
    static Script outside(Service service) {
        Word url =
                service.host() == null
                        ? Word.variable("SERVICE_URL")
                        : Word.text("https://" + service.host() + "/");
        Script script =
                Script.of(
                        Invocation.typed(
                                "curl --silent --show-error --max-time 20 --output /dev/null --write-out",
                                "status=%{http_code} dns=%{time_namelookup}s"
                                        + " connect=%{time_connect}s tls=%{time_appconnect}s"
                                        + " first_byte=%{time_starttransfer}s total=%{time_total}s",
                                url));
        return service.host() == null
                ? script.needing("SERVICE_URL", "Set SERVICE_URL to an address that users call")
                : script;
    }

    /// The newest release or configuration back to the one before.
    static Mitigation rollBack(Branch branch, Service service) {
        Mitigation.Draft draft =
                Mitigation.of(branch, "roll-back", "Go back to the release before");
        return switch (service.place()) {
            case Place.Kubernetes at ->
                    draft.when(
                                    "The newest revision is younger than the incident, and no database"
                                            + " migration of it would break the older code."
                                            + GITOPS)
                            .change(Kubernetes.rollBack(at))
                            .verify(
                                    Kubernetes.rolledOut(at),
                                    "`successfully rolled out`, and the error rate falls within five"
                                            + " minutes.")
                            .undo(
                                    "A second undo leads to the newer release again.",
                                    Kubernetes.rollBack(at));
            case Place.Systemd at ->
                    draft.when(
                                    "The package was upgraded shortly before the incident, and no"
                                            + " database migration of it would break the older code."
                                            + " Note the version that runs now as `VERSION_NOW`.")
                            .change(Systemd.install("VERSION_BEFORE").then(Systemd.restart(at)))
                            .verify(
                                    Systemd.isActive(at),
                                    "`active`, and no new errors in the lines below it.")
                            .undo(
                                    "Install the newer version again.",
                                    Systemd.install("VERSION_NOW").then(Systemd.restart(at)));
            case Place.Managed at ->
                    Databases.failOver(branch, at.database())
                            .orElseGet(() -> Databases.endSession(branch, at.database()));
        };
    }

    static Mitigation restart(Branch branch, Service service, String why) {
        Mitigation.Draft draft =
                Mitigation.of(branch, "restart", "Restart one replica after the other");
        return switch (service.place()) {
            case Place.Kubernetes at ->
                    draft.when(
                                    why
                                            + " At least one pod is ready, or none is and there is"
                                            + " nothing to lose.")
                            .change(Kubernetes.restart(at))
                            .verify(
                                    Kubernetes.rolledOut(at),
                                    "`successfully rolled out`; if it waits for longer, the new pods"
                                            + " fail as the old ones did.")
                            .undo(
                                    "Where the new pods are worse than the old, the undo starts pods"
                                            + " of the revision before the restart.",
                                    Kubernetes.rollBack(at));
            case Place.Systemd at ->
                    Mitigation.of(branch, "restart", "Restart the unit")
                            .when(
                                    why
                                            + " Requests in progress on this machine are lost: take it"
                                            + " out of the load balancer first where there is another"
                                            + " one.")
                            .change(Systemd.restart(at))
                            .verify(
                                    Systemd.isActive(at),
                                    "`active`, and the service's own line that it listens.")
                            .noUndo(
                                    "A restart changes no configuration. If the unit does not come up,"
                                            + " go on with the release before.");
            case Place.Managed at ->
                    Databases.failOver(branch, at.database())
                            .orElseGet(() -> Databases.endSession(branch, at.database()));
        };
    }

    /// More of the same; nothing where the platform has no such command.
    static Optional<Mitigation> scaleOut(Branch branch, Service service, String why) {
        if (!(service.place() instanceof Place.Kubernetes at) || at.kind().equals("daemonset")) {
            return Optional.empty();
        }
        return Optional.of(
                Mitigation.of(branch, "scale-out", "Run more replicas")
                        .when(
                                why
                                        + " The nodes have room, the database has connections left for"
                                        + " them, and no HorizontalPodAutoscaler sets the number"
                                        + " (raise its `minReplicas` then)."
                                        + " Note the number that runs now as `REPLICAS_NOW`.")
                        .change(
                                Kubernetes.scale(
                                        at,
                                        "REPLICAS",
                                        "Set REPLICAS to at most twice the number that runs now"))
                        .verify(
                                Kubernetes.rolledOut(at),
                                "All replicas are ready, and use per pod falls.")
                        .undo(
                                "Back to the number of before, after an hour of calm.",
                                Kubernetes.scale(
                                        at,
                                        "REPLICAS_NOW",
                                        "Set REPLICAS_NOW to the number from before")));
    }

    /// Requests of one client or all are slowed at the entrance.
    static Optional<Mitigation> limitRate(Branch branch, Service service) {
        if (!(service.place() instanceof Place.Kubernetes at)) {
            return Optional.empty();
        }
        String key = "nginx.ingress.kubernetes.io/limit-rps";
        return Optional.of(
                Mitigation.of(branch, "limit-rate", "Limit requests per client at the ingress")
                        .when(
                                "The ingress is ingress-nginx and carries no `limit-rps` yet (look with"
                                        + " `kubectl describe ingress`). Users above the limit get"
                                        + " status 503.")
                        .change(
                                Kubernetes.in(
                                                at,
                                                Kubernetes.kubectl(
                                                        at,
                                                        "annotate ingress",
                                                        Word.variable("INGRESS"),
                                                        Word.option(key, Word.variable("RPS"))))
                                        .needing(
                                                "INGRESS", "Set INGRESS to the name of the ingress")
                                        .needing(
                                                "RPS",
                                                "Set RPS to the requests per second of one client"))
                        .verify(
                                Kubernetes.in(
                                                at,
                                                Kubernetes.kubectl(
                                                        at,
                                                        "describe ingress",
                                                        Word.variable("INGRESS")))
                                        .needing(
                                                "INGRESS",
                                                "Set INGRESS to the name of the ingress"),
                                "The annotation is shown, and requests per second fall.")
                        .undo(
                                "Take the annotation away.",
                                Kubernetes.in(
                                                at,
                                                Kubernetes.kubectl(
                                                        at,
                                                        "annotate ingress",
                                                        Word.variable("INGRESS"),
                                                        key + "-"))
                                        .needing(
                                                "INGRESS",
                                                "Set INGRESS to the name of the ingress")));
    }

    @SafeVarargs
    static List<Mitigation> those(Optional<Mitigation>... steps) {
        List<Mitigation> result = new ArrayList<>();
        for (Optional<Mitigation> step : steps) {
            step.ifPresent(result::add);
        }
        return result;
    }
}
