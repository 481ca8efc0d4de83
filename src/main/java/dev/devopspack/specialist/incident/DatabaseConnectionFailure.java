package dev.devopspack.specialist.incident;

import static dev.devopspack.specialist.incident.Tree.answer;
import static dev.devopspack.specialist.incident.Tree.ask;
import static dev.devopspack.specialist.incident.Tree.found;
import static dev.devopspack.specialist.incident.Tree.no;
import static dev.devopspack.specialist.incident.Tree.yes;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Script;
import java.util.ArrayList;
import java.util.List;

/// Services cannot open or keep connections to their database.
final class DatabaseConnectionFailure implements Scenario {

    private static final Branch DOWN =
            Branch.database('A', "The database is down or moving to its standby");
    private static final Branch SLOTS = Branch.database('B', "Every connection slot is taken");
    private static final Branch SIGN_IN =
            Branch.owner('C', "Password, role or certificate is refused");
    private static final Branch PATH =
            Branch.platform('D', "The database cannot be reached: DNS, network or firewall");
    private static final Branch RELEASE =
            Branch.owner('E', "A release changed how the service connects");

    private static final String PATTERN =
            "connection refused|connection reset|too many (clients|connections)|connection slots"
                    + "|password authentication|access denied|no pg_hba|starting up|shutting down"
                    + "|read-only transaction|no such host|could not translate|name resolution"
                    + "|timed? ?out|pool|certificate";

    @Override
    public Playbook playbook(Situation situation) {
        return new Playbook(
                "Services cannot open connections to their database, or lose them. Requests that need"
                        + " data fail at once (refused) or hang until they time out (no slot, no"
                        + " route); those that do not need it still work.",
                signals(situation),
                List.of(DOWN, SLOTS, SIGN_IN, PATH, RELEASE),
                tree(),
                Parts.of(situation, DatabaseConnectionFailure::workload, this::database));
    }

    private static List<Signal> signals(Situation situation) {
        boolean postgresql = situation.database().engine() == Engine.POSTGRESQL;
        return List.of(
                Signal.of(
                        "Connection errors in a service's log",
                        "more than 10 lines a minute for 5 minutes",
                        "first check of each service below"),
                Signal.metric(
                        "The exporter cannot sign in",
                        "0 for 2 minutes",
                        postgresql ? "pg_up" : "mysql_up"),
                Signal.metric(
                        "Share of connections that are taken",
                        "above 0.9 for 5 minutes; slots are gone at 1",
                        postgresql
                                ? "sum(pg_stat_activity_count) / max(pg_settings_max_connections)"
                                : "mysql_global_status_threads_connected /"
                                        + " mysql_global_variables_max_connections"),
                Signal.of(
                        "Requests that touch data fail, others succeed",
                        "error share above 5 % on the first, below 1 % on the others",
                        "the service's dashboard, by route"));
    }

    private static Tree tree() {
        return ask(
                "Do all services that use this database fail since the same minute?",
                yes(
                        ask(
                                "Does its name resolve, and does its port answer (check `reach`)?",
                                answer("no name, or it times out", found(PATH)),
                                answer("refused", found(DOWN)),
                                answer(
                                        "it answers",
                                        ask(
                                                "Are nine tenths of the connections taken, or is"
                                                        + " signing in refused for want of slots?",
                                                yes(found(SLOTS)),
                                                no(
                                                        ask(
                                                                "Is it a replica or read-only, or"
                                                                        + " did it start minutes ago?",
                                                                yes(found(DOWN)),
                                                                no(found(SIGN_IN)))))))),
                no(
                        ask(
                                "Was the failing service released or configured anew just before?",
                                yes(found(RELEASE)),
                                no(
                                        ask(
                                                "What does its log say?",
                                                answer(
                                                        "password, access or certificate",
                                                        found(SIGN_IN)),
                                                answer(
                                                        "pool timeout or too many connections",
                                                        found(SLOTS)),
                                                answer("name or timeout", found(PATH)),
                                                answer(
                                                        "nothing of this",
                                                        new Tree.Escalate(
                                                                Branch.Helper.DATABASE)))))));
    }

    private static Looks workload(Service service) {
        List<Check> checks = new ArrayList<>();
        checks.add(
                Check.of(
                        "errors",
                        "What the service logs when it connects",
                        Steps.logs(service, PATTERN, 15),
                        Reading.of(
                                "`connection refused`, `the database system is starting up`, `cannot"
                                        + " execute … in a read-only transaction`",
                                "nothing listens, or the old primary is asked",
                                DOWN),
                        Reading.of(
                                "`too many clients`, `remaining connection slots are reserved`, `Too"
                                        + " many connections`, a timeout of the pool",
                                "no slot is left, there or in the pool",
                                SLOTS),
                        Reading.of(
                                "`password authentication failed`, `Access denied for user`, `no"
                                        + " pg_hba.conf entry`, `certificate verify failed`",
                                "a credential was rotated or a rule changed",
                                SIGN_IN),
                        Reading.of(
                                "`no such host`, `could not translate host name`, `timed out` while"
                                        + " connecting",
                                "packets do not arrive",
                                PATH),
                        Reading.next(
                                "no line",
                                "this service does not fail at its connections, or logs elsewhere")));
        checks.add(
                Check.of(
                        "state",
                        "Which instances fail",
                        Steps.state(service),
                        Reading.of(
                                "only the instances of the newest revision are not ready",
                                "the older ones still connect",
                                RELEASE),
                        Reading.of(
                                "only the instances on one node or in one zone fail",
                                "the network from there is broken",
                                PATH),
                        Reading.next("all alike", "the cause is shared: look at the database")));
        checks.add(
                Check.of(
                        "changes",
                        "What changed",
                        Steps.history(service),
                        Reading.of(
                                "a revision or start that is minutes older than the first error",
                                "host, pool size, driver or secret may have changed with it",
                                RELEASE),
                        Reading.next("nothing for hours", "look at the database")));
        if (service.place() instanceof Place.Kubernetes at) {
            checks.add(
                    Check.of(
                            "network",
                            "Network policies that may block the way",
                            Kubernetes.in(
                                    at,
                                    Kubernetes.kubectl(
                                            at,
                                            "get networkpolicies --sort-by=.metadata.creationTimestamp"),
                                    Kubernetes.kubectl(at, "get endpointslices")),
                            Reading.of(
                                    "a policy that is younger than the incident",
                                    "it may leave out the database's address or DNS",
                                    PATH),
                            Reading.next("all are old", "the cluster's own rules did not change")));
        } else {
            checks.add(
                    Check.of(
                            "sockets",
                            "Connections that hang while they are opened",
                            Script.of(
                                    Invocation.typed("ss --tcp --numeric state syn-sent"),
                                    Invocation.typed("ss --summary")),
                            Reading.of(
                                    "lines to the database's port",
                                    "a firewall or route drops the packets: refused would be quick",
                                    PATH),
                            Reading.next("no line", "packets arrive")));
        }
        List<Mitigation> steps = new ArrayList<>();
        steps.add(Steps.rollBack(RELEASE, service).asFirst());
        steps.add(
                Steps.restart(
                                SLOTS,
                                service,
                                "This service holds more connections than its pool should, most of"
                                        + " them idle (check `connections` of the database). It gives"
                                        + " them back when it ends.")
                        .asFirst());
        if (service.place() instanceof Place.Kubernetes at) {
            if (!at.kind().equals("daemonset")) {
                steps.add(fewer(at));
            }
            steps.add(reloadSecret(at));
            steps.add(NetworkPolicies.remove(PATH, at, PATTERN));
        } else if (service.place() instanceof Place.Systemd at) {
            steps.add(
                    Mitigation.of(SIGN_IN, "reload-secret", "Take the new password")
                            .when(
                                    "The secret store holds a newer version than the unit started"
                                            + " with, and the database accepts it (sign in with it by"
                                            + " hand, typed at the prompt).")
                            .change(Systemd.restart(at))
                            .verify(
                                    Systemd.isActive(at),
                                    "`active`, and no refused sign-in in the lines below it.")
                            .noUndo(
                                    "If it is still refused, put the older version back in the secret"
                                            + " store and restart again."));
        }
        return new Looks(checks, steps);
    }

    private static Mitigation fewer(Place.Kubernetes at) {
        return Mitigation.of(SLOTS, "scale-in", "Run fewer replicas for a while")
                .when(
                        "Replicas times pool size is more than the database allows, and fewer replicas"
                                + " can carry the load. Note the number that runs now as"
                                + " `REPLICAS_NOW`. An autoscaler has to be lowered instead.")
                .change(
                        Kubernetes.scale(
                                at, "REPLICAS", "Set REPLICAS to a number of replicas that fits"))
                .verify(
                        Kubernetes.pods(at),
                        "The wanted number runs, all ready, and sign-ins succeed again.")
                .undo(
                        "Back to the number of before, once pools are smaller or a pooler stands"
                                + " between.",
                        Kubernetes.scale(
                                at, "REPLICAS_NOW", "Set REPLICAS_NOW to the number from before"));
    }

    private static Mitigation reloadSecret(Place.Kubernetes at) {
        return Mitigation.of(SIGN_IN, "reload-secret", "Take the new password")
                .when(
                        "The secret was changed after the pods started (`kubectl get secret` shows only"
                                + " its age; the secret store knows its versions), and the database"
                                + " accepts it. Pods read a secret in an environment variable only when"
                                + " they start.")
                .change(Kubernetes.restart(at))
                .verify(
                        Kubernetes.rolledOut(at),
                        "`successfully rolled out`; pods that are refused do not become ready, and"
                                + " the old ones stay.")
                .undo(
                        "Put the older version back in the secret store and roll back.",
                        Kubernetes.rollBack(at));
    }

    private Looks database(Database at) {
        List<Check> checks = new ArrayList<>();
        checks.add(
                Check.of(
                        "reach",
                        "Whether name, port and TLS answer",
                        Databases.reach(at),
                        Reading.of(
                                "no address, or another one than yesterday",
                                "DNS is wrong, or the database moved and a cache is old",
                                PATH),
                        Reading.of(
                                "`Connection timed out`, or nothing for ten seconds (stop it with Ctrl+C)",
                                "a firewall, security group or route drops packets",
                                PATH),
                        Reading.of(
                                "`Connection refused`",
                                "the machine answers, nothing listens",
                                DOWN),
                        Reading.of(
                                "`verify error` or an expired certificate",
                                "clients that check it are right to refuse",
                                SIGN_IN),
                        Reading.next("`CONNECTION ESTABLISHED`", "it is there")));
        checks.add(
                Check.of(
                        "state",
                        "Whether it is the primary and takes writes",
                        Databases.state(at),
                        Reading.of(
                                "any status but available or running; a failover or restart in the"
                                        + " events; `is_replica` is `t`",
                                "it moves, or clients reach the wrong one",
                                DOWN),
                        Reading.of(
                                "no room is left", "it stops taking writes or connections", DOWN),
                        Reading.next(
                                "available, primary, old start", "the server itself is well")));
        if (at.provider() != null) {
            checks.add(
                    Check.of(
                            "role",
                            "Which server clients reach",
                            Databases.role(at),
                            Reading.of(
                                    "a start of minutes ago, or a replica",
                                    "it restarted or moved",
                                    DOWN),
                            Reading.next("old start, no replica", "it did not move")));
        }
        checks.add(
                Check.of(
                        "connections",
                        "Who has the connections",
                        Databases.connections(at),
                        Reading.of(
                                "it refuses the sign-in for want of slots, or `used` is above nine"
                                        + " tenths of `allowed`",
                                "the line with the most sessions is the one to restart or scale in",
                                SLOTS),
                        Reading.of(
                                "many `idle in transaction`, the longest for minutes",
                                "a client does not end its transactions",
                                SLOTS),
                        Reading.next("plenty are free", "slots are not the cause")));
        checks.add(
                Check.of(
                        "busy",
                        "Whether sessions wait for one another",
                        Databases.busy(at),
                        Reading.of(
                                "many sessions wait for one",
                                "requests pile up behind it and take all slots",
                                SLOTS),
                        Reading.next("nobody waits", "work flows")));
        List<Mitigation> steps = new ArrayList<>();
        Databases.failOver(DOWN, at).ifPresent(steps::add);
        steps.add(Databases.endSession(SLOTS, at));
        return new Looks(checks, steps);
    }
}
