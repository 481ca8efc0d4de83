package dev.devopspack.specialist.incident;

import static dev.devopspack.specialist.incident.Tree.answer;
import static dev.devopspack.specialist.incident.Tree.ask;
import static dev.devopspack.specialist.incident.Tree.found;
import static dev.devopspack.specialist.incident.Tree.no;
import static dev.devopspack.specialist.incident.Tree.yes;

import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.ArrayList;
import java.util.List;

/// It is worse since a release.
final class DeploymentRegression implements Scenario {

    private static final Branch CODE =
            Branch.owner('A', "The new code or image is worse; going back is safe");
    private static final Branch SCHEMA =
            Branch.database('B', "The release changed the database, so the older code may not fit");
    private static final Branch SETTING =
            Branch.owner('C', "A flag, secret or setting changed with it, not the code");
    private static final Branch HALF =
            Branch.platform('D', "The rollout stands still: old and new run side by side");
    private static final Branch NOT_IT =
            Branch.owner('E', "It was not the release: it only came at the same time");

    private static final String PATTERN =
            "error|exception|panic|fatal|undefined|no such (column|table)|relation .* does not exist"
                    + "|unknown column|migration|deprecated|feature|config";

    @Override
    public Playbook playbook(Situation situation) {
        return new Playbook(
                "Errors, slowness or a wrong result began with a release. Going back is the quickest"
                        + " help, as long as the older code still fits the database.",
                List.of(
                        Signal.of(
                                "It began within 30 minutes of a rollout",
                                "the first bad minute lies after its start",
                                "deploy log beside the service's dashboard"),
                        Signal.metric(
                                "New pods fail more than old ones (name the metric of your service)",
                                "twice the error share for 5 minutes",
                                "sum by (version) (rate(http_requests_total{code=~\"5..\"}[5m])) /"
                                        + " sum by (version) (rate(http_requests_total[5m]))"),
                        Signal.metric(
                                "The rollout does not end",
                                "above 0 for 10 minutes",
                                "kube_deployment_status_replicas_unavailable")),
                List.of(CODE, SCHEMA, SETTING, HALF, NOT_IT),
                ask(
                        "Do instances of the old release show it as well?",
                        yes(
                                ask(
                                        "Did a flag, secret or setting change for all at that time?",
                                        yes(found(SETTING)),
                                        no(
                                                ask(
                                                        "Did the release's migration change what they use?",
                                                        yes(found(SCHEMA)),
                                                        no(found(NOT_IT)))))),
                        no(
                                ask(
                                        "Did the release run a migration that drops, renames or narrows?",
                                        yes(found(SCHEMA)),
                                        no(found(CODE)))),
                        answer("old and new stay side by side", found(HALF))),
                Parts.services(
                        situation, DeploymentRegression::workload, DeploymentRegression::database));
    }

    private static Looks workload(Service service) {
        List<Check> checks = new ArrayList<>();
        checks.add(
                Check.of(
                        "changes",
                        "What was released, and when",
                        Steps.history(service),
                        Reading.next(
                                "a revision that began before the first bad minute",
                                "note its image and the one before"),
                        Reading.of(
                                "none, or hours before", "look for flags and settings", SETTING)));
        checks.add(
                Check.of(
                        "state",
                        "How far the rollout is",
                        Steps.state(service),
                        Reading.of(
                                "some replicas are new, some old, for ten minutes",
                                "new ones do not become ready",
                                HALF),
                        Reading.next("all are new", "compare with the time before")));
        checks.add(
                Check.of(
                        "errors",
                        "What is new in the log",
                        Steps.logs(service, PATTERN, 30),
                        Reading.of(
                                "a column or table that does not exist, a migration that waits",
                                "code and database do not fit",
                                SCHEMA),
                        Reading.of(
                                "a setting or flag that is missing or unknown",
                                "configuration and code do not fit",
                                SETTING),
                        Reading.of("a stack that did not exist before", "new code", CODE)));
        checks.add(
                Check.of(
                        "use",
                        "Whether it needs more than before",
                        Steps.usage(service),
                        Reading.of("twice the CPU or memory of yesterday", "new code", CODE),
                        Reading.next("as ever", "not this")));
        List<Mitigation> steps = new ArrayList<>();
        steps.add(Steps.rollBack(CODE, service).asFirst());
        if (service.place() instanceof Place.Kubernetes at) {
            checks.add(
                    Check.of(
                            "settings",
                            "Which settings changed",
                            Kubernetes.in(
                                    at,
                                    Kubernetes.kubectl(
                                            at,
                                            "get configmaps --sort-by=.metadata.creationTimestamp"),
                                    Kubernetes.kubectl(at, "describe", Kubernetes.workload(at))),
                            Reading.of(
                                    "a ConfigMap or annotation that is as young as the incident",
                                    "it may be that and not the code",
                                    SETTING),
                            Reading.next("all are old", "it is the image")));
            if (at.kind().equals("deployment")) {
                steps.add(pause(at));
            }
            steps.add(setting(at));
        } else {
            steps.add(
                    Steps.restart(
                            SETTING,
                            service,
                            "The setting is back to what it was, and the service reads it only when it"
                                    + " starts."));
        }
        return new Looks(checks, steps);
    }

    private static Mitigation pause(Place.Kubernetes at) {
        return Mitigation.of(HALF, "pause", "Hold the rollout where it is")
                .when(
                        "New replicas are worse and more of them are coming, and it is not clear yet whether"
                                + " going back is safe.")
                .change(
                        Kubernetes.in(
                                at,
                                Kubernetes.kubectl(at, "rollout pause", Kubernetes.workload(at))))
                .verify(
                        Kubernetes.history(at),
                        "The numbers of the old and the new replica set stand still.")
                .undo(
                        "Go on. A paused deployment cannot be rolled back, so this comes first then, too.",
                        Kubernetes.in(
                                at,
                                Kubernetes.kubectl(at, "rollout resume", Kubernetes.workload(at))));
    }

    private static Mitigation setting(Place.Kubernetes at) {
        return Mitigation.of(SETTING, "setting", "Set one variable back")
                .when(
                        "One variable of the container is wrong, its value is no secret, and the value of"
                                + " before is known. Note the value of now as `VALUE_NOW`.")
                .change(set(at, "VALUE_BEFORE", "Set VALUE_BEFORE to the value that worked"))
                .verify(Kubernetes.rolledOut(at), "`successfully rolled out`, and the errors end.")
                .undo(
                        "Back to the value of before this step.",
                        set(at, "VALUE_NOW", "Set VALUE_NOW to the value from before this step"));
    }

    private static Script set(Place.Kubernetes at, String variable, String hint) {
        return Kubernetes.in(
                        at,
                        Kubernetes.kubectl(
                                at,
                                "set env",
                                Kubernetes.workload(at),
                                Word.joined(
                                        Word.variable("VARIABLE"),
                                        Word.text("="),
                                        Word.variable(variable))))
                .needing("VARIABLE", "Set VARIABLE to the name of the variable")
                .needing(variable, hint);
    }

    private static Looks database(Database at) {
        return new Looks(
                List.of(
                        Check.of(
                                "busy",
                                "Whether a migration still runs or holds locks",
                                Databases.busy(at),
                                Reading.of(
                                        "`ALTER`, `CREATE INDEX` or `UPDATE` for minutes, and others wait",
                                        "the migration blocks the service",
                                        SCHEMA),
                                Reading.next("nothing long", "it is through")),
                        Check.of(
                                "state",
                                "What else was done to it",
                                Databases.state(at),
                                Reading.of(
                                        "a changed parameter group, version or size in the events",
                                        "it was changed with the release",
                                        SETTING),
                                Reading.next("nothing", "only its schema changed"))),
                List.of(Databases.endSession(SCHEMA, at)));
    }
}
