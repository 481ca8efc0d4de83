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

/// A TLS certificate has expired, or clients refuse the one that is served.
final class CertificateExpiry implements Scenario {

    private static final Branch RENEWAL =
            Branch.owner('A', "Renewal fails: challenge, issuer or quota");
    private static final Branch LOADED =
            Branch.owner('B', "A new certificate is there, but the old one is served");
    private static final Branch OTHER =
            Branch.platform('C', "Another place ends TLS: load balancer, CDN or a forgotten host");
    private static final Branch CHAIN =
            Branch.platform('D', "The chain or the trust store is wrong, or a clock is");
    private static final Branch INTERNAL =
            Branch.platform('E', "A certificate between services or of the database has expired");

    private static final String PATTERN =
            "certificate|x509|handshake|tls|ssl|expired|not yet valid|unknown authority|acme|challenge";

    @Override
    public Playbook playbook(Situation situation) {
        return new Playbook(
                "A certificate has expired or is refused. Every client that checks it fails at once and"
                        + " completely; what was connected before goes on until it connects anew. Never"
                        + " switch the check off in clients: it invites others in between.",
                List.of(
                        Signal.metric(
                                "Days until the served certificate expires (blackbox exporter)",
                                "below 21 warns, below 7 pages, below 0 is this incident",
                                "(probe_ssl_earliest_cert_expiry - time()) / 86400"),
                        Signal.metric(
                                "A certificate of cert-manager is not ready",
                                "1 for 15 minutes",
                                "certmanager_certificate_ready_status{condition=\"False\"}"),
                        Signal.of(
                                "Clients fail at the handshake",
                                "`certificate has expired`, `x509`, `ERR_CERT_DATE_INVALID` in more than 1 %"
                                        + " of connections",
                                "logs of clients and of the entrance")),
                List.of(RENEWAL, LOADED, OTHER, CHAIN, INTERNAL),
                ask(
                        "Which certificate do clients refuse (check `served`)?",
                        answer(
                                "the public one, and `notAfter` is past".replace("`", ""),
                                ask(
                                        "Is there a newer certificate in the secret or file?",
                                        yes(
                                                ask(
                                                        "Does the service itself serve the new one?",
                                                        yes(found(OTHER)),
                                                        no(found(LOADED)))),
                                        no(found(RENEWAL)))),
                        answer("the public one, its dates are right", found(CHAIN)),
                        answer("one between services or of the database", found(INTERNAL))),
                Parts.services(
                        situation, CertificateExpiry::workload, CertificateExpiry::database));
    }

    private static Check served(Service service) {
        Word host =
                service.host() == null
                        ? Word.variable("TLS_HOST")
                        : Word.text(service.host().value());
        Script script =
                Script.of(
                        Pipeline.of(
                                Invocation.of("echo"),
                                Invocation.typed(
                                        "openssl s_client -connect",
                                        Word.joined(host, Word.text(":443")),
                                        "-servername",
                                        host,
                                        "-showcerts"),
                                Invocation.typed(
                                        "openssl x509 -noout -subject -issuer -serial -dates -ext subjectAltName")),
                        Pipeline.of(
                                Invocation.of("echo"),
                                Invocation.typed(
                                        "openssl s_client -connect",
                                        Word.joined(host, Word.text(":443")),
                                        "-servername",
                                        host,
                                        "-brief")),
                        Pipeline.of(Invocation.typed("dig +short", host)));
        return Check.of(
                "served",
                "Which certificate users get",
                service.host() == null
                        ? script.needing(
                                "TLS_HOST", "Set TLS_HOST to the name that users connect to")
                        : script,
                Reading.next("`notAfter` is past", "it has expired: is there a newer one?"),
                Reading.of(
                        "another subject or issuer than you expect, or an address that is not yours",
                        "TLS ends elsewhere",
                        OTHER),
                Reading.of(
                        "dates are right, but `unable to get local issuer certificate`",
                        "the intermediate certificate is not sent, or a root is new",
                        CHAIN),
                Reading.of(
                        "`notBefore` is in the future", "a clock is wrong, there or here", CHAIN));
    }

    private static Looks workload(Service service) {
        return switch (service.place()) {
            case Place.Kubernetes at -> kubernetes(service, at);
            case Place.Systemd at -> systemd(service, at);
            case Place.Managed at -> database(at.database());
        };
    }

    private static Looks kubernetes(Service service, Place.Kubernetes at) {
        List<Check> checks =
                List.of(
                        served(service),
                        Check.of(
                                "stored",
                                "Which certificate is in the secret",
                                ofSecret(at, "openssl x509 -noout -serial -dates -issuer"),
                                Reading.of(
                                        "newer than what is served",
                                        "it was renewed and is not loaded",
                                        LOADED),
                                Reading.of("the same, expired", "it was not renewed", RENEWAL)),
                        Check.of(
                                "renewal",
                                "Why it was not renewed (cert-manager)",
                                Kubernetes.in(
                                        at,
                                        Kubernetes.kubectl(
                                                at,
                                                "get certificates,certificaterequests,orders,challenges --output=wide"),
                                        Kubernetes.kubectl(at, "describe challenges")),
                                Reading.of(
                                        "a challenge that is `pending` or `invalid`",
                                        "its reason says what: DNS record, a redirect, a firewall",
                                        RENEWAL),
                                Reading.of(
                                        "an order `errored` with `rateLimited`",
                                        "too many tries: the issuer gives none before its hour",
                                        RENEWAL),
                                Reading.next(
                                        "all ready, or no such resources",
                                        "somebody else renews it: look at the load balancer")),
                        Check.of(
                                "errors",
                                "Who else refuses certificates",
                                Kubernetes.logs(at, PATTERN, 30),
                                Reading.of(
                                        "it names another service or the database",
                                        "a certificate inside has expired",
                                        INTERNAL),
                                Reading.next("no line", "only users see it")));
        return new Looks(
                checks,
                List.of(
                        renew(at),
                        Steps.restart(
                                LOADED,
                                service,
                                "The secret holds a newer certificate than is served, and this workload"
                                        + " ends TLS itself (else restart the ingress controller)."),
                        trust(service)));
    }

    private static Mitigation trust(Service service) {
        Mitigation restart =
                Steps.restart(
                        INTERNAL,
                        service,
                        "The certificate that the other side refuses was renewed, or the new root is in"
                                + " the trust store, and this workload read the old one when it"
                                + " started.");
        return new Mitigation(
                INTERNAL,
                "reload-trust",
                "Take the new certificate or root",
                restart.precondition(),
                restart.command(),
                restart.verify(),
                restart.expected(),
                restart.undo(),
                restart.undoing(),
                false);
    }

    private static Mitigation renew(Place.Kubernetes at) {
        String hint = "Set CERTIFICATE to the name of the certificate, from the check above";
        return Mitigation.of(RENEWAL, "renew", "Ask cert-manager to renew now")
                .when(
                        "What the challenge complained about is mended, and no rate limit holds: each"
                                + " try counts (Let's Encrypt allows five duplicates a week). `cmctl` is"
                                + " cert-manager's own tool.")
                .change(
                        Kubernetes.in(at, cmctl(at, "renew", Word.variable("CERTIFICATE")))
                                .needing("CERTIFICATE", hint))
                .verify(
                        ofSecret(at, "openssl x509 -noout -dates"),
                        "`notAfter` lies weeks ahead. Then look at `served` again: if it still shows the"
                                + " old one, go on with branch B.")
                .noUndo("The old certificate has expired; there is nothing to go back to.");
    }

    /// @param read reads the certificate that the secret holds
    private static Script ofSecret(Place.Kubernetes at, String read) {
        Word secret = Word.joined(Word.text("secret/"), Word.variable("TLS_SECRET"));
        return Kubernetes.in(
                        at,
                        Pipeline.of(
                                Kubernetes.kubectl(
                                        at, "get", secret, Kubernetes.CERTIFICATE_OF_SECRET),
                                Invocation.typed("base64 --decode"),
                                Invocation.typed(read)))
                .needing("TLS_SECRET", "Set TLS_SECRET to the secret that the ingress names");
    }

    private static Invocation cmctl(Place.Kubernetes at, String typed, Object... more) {
        List<Object> words = new ArrayList<>(List.of(more));
        words.add(Kubernetes.inNamespace(at));
        return Invocation.typed("cmctl " + typed, words.toArray());
    }

    private static Looks systemd(Service service, Place.Systemd at) {
        List<Check> checks =
                List.of(
                        served(service),
                        Check.of(
                                "stored",
                                "Which certificate is in the file",
                                Script.of(
                                                Invocation.typed(
                                                        "openssl x509 -noout -in",
                                                        Word.variable("CERT_FILE"),
                                                        "-serial",
                                                        "-dates",
                                                        "-issuer"))
                                        .needing(
                                                "CERT_FILE",
                                                "Set CERT_FILE to the file that the configuration names"),
                                Reading.of(
                                        "newer than what is served",
                                        "it was renewed and is not loaded",
                                        LOADED),
                                Reading.of("the same, expired", "it was not renewed", RENEWAL)),
                        Check.of(
                                "renewal",
                                "Why it was not renewed",
                                Script.of(
                                        Pipeline.of(
                                                Systemd.systemctl("list-timers --all --no-pager")),
                                        Pipeline.of(
                                                Invocation.of(
                                                        "journalctl",
                                                        "--since=7 days ago",
                                                        "--no-pager",
                                                        "--unit=certbot.service"),
                                                Invocation.typed("tail -n 40"))),
                                Reading.of(
                                        "the timer is missing or never ran",
                                        "nobody renews it",
                                        RENEWAL),
                                Reading.of(
                                        "`Challenge failed`, `rateLimited`, `unauthorized`",
                                        "the line says what to mend",
                                        RENEWAL),
                                Reading.of(
                                        "it was renewed", "nobody reloaded the service", LOADED)),
                        Check.of(
                                "clock",
                                "Whether the clock is right",
                                Script.of(Invocation.typed("chronyc tracking")),
                                Reading.of(
                                        "`System time` is seconds or more off",
                                        "mend the clock",
                                        CHAIN),
                                Reading.next("milliseconds", "it is right")));
        return new Looks(
                checks,
                List.of(
                        Mitigation.of(RENEWAL, "renew", "Renew now")
                                .when(
                                        "What the challenge complained about is mended, and no rate limit"
                                                + " holds: each try counts. Try it with `--dry-run` first"
                                                + " where there is time.")
                                .change(
                                        Script.of(
                                                        Systemd.sudo(
                                                                "certbot renew --cert-name",
                                                                Word.variable("CERT_NAME")))
                                                .needing(
                                                        "CERT_NAME",
                                                        "Set CERT_NAME to a name that certbot certificates"
                                                                + " lists"))
                                .verify(
                                        served(service).command().script(),
                                        "`notAfter` lies weeks ahead. If it still shows the old one, go on"
                                                + " with branch B.")
                                .noUndo(
                                        "The old certificate has expired; there is nothing to go back to."),
                        Mitigation.of(LOADED, "reload", "Let the service load the new certificate")
                                .when(
                                        "The file is newer than what is served, and the service's own check"
                                                + " of its configuration passes (`nginx -t`,"
                                                + " `apachectl configtest`).")
                                .change(
                                        Script.of(
                                                Systemd.sudo(
                                                        "systemctl reload-or-restart",
                                                        at.unit().value())))
                                .verify(
                                        served(service).command().script(),
                                        "`serial` is that of the file.")
                                .noUndo(
                                        "If it does not come up, the configuration is broken: `systemctl"
                                                + " status` names the line."),
                        Mitigation.of(CHAIN, "clock", "Set the clock")
                                .when(
                                        "`chronyc tracking` shows seconds or more of difference. A jump of the"
                                                + " clock can hurt databases on this machine: ask their owner.")
                                .change(Script.of(Systemd.sudo("chronyc makestep")))
                                .verify(
                                        Script.of(Invocation.typed("chronyc tracking")),
                                        "`System time` is milliseconds off.")
                                .noUndo("A right clock is not set back.")));
    }

    private static Looks database(Database at) {
        return new Looks(
                List.of(
                        Check.of(
                                "reach",
                                "Which certificate the database shows",
                                Databases.reach(at),
                                Reading.of(
                                        "`certificate has expired` or an unknown issuer",
                                        "rotate it, or give clients the new root",
                                        INTERNAL),
                                Reading.next("`Verification: OK`", "it is right for this machine")),
                        Check.of(
                                "state",
                                "Which authority signs it",
                                Databases.state(at),
                                Reading.of(
                                        "an authority that ends soon (AWS: `rds-ca-2019` ended in 2024)",
                                        "clients need the new root before the instance changes",
                                        INTERNAL),
                                Reading.next("a present one", "not this"))),
                List.of());
    }
}
