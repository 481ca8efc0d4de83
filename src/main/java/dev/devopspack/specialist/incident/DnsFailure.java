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

/// Names do not resolve, or to the wrong address.
final class DnsFailure implements Scenario {

    private static final Branch RECORD =
            Branch.owner('A', "The record is wrong, missing or still cached");
    private static final Branch RESOLVER =
            Branch.platform('B', "The resolver of the cluster or machine is down or overloaded");
    private static final Branch UPSTREAM =
            Branch.platform('C', "The resolver cannot reach what it asks, or the provider is down");
    private static final Branch DELEGATION =
            Branch.owner('D', "The domain itself: expired, delegated elsewhere, DNSSEC broken");
    private static final Branch CLIENT =
            Branch.owner('E', "Only this client: its search list, cache or a network policy");

    private static final String PATTERN =
            "no such host|name resolution|could not (resolve|translate)|nxdomain|servfail|eai_again"
                    + "|lookup .* (timeout|i/o)|unknown host|getaddrinfo";

    @Override
    public Playbook playbook(Situation situation) {
        List<Part> parts =
                new ArrayList<>(
                        Parts.services(situation, DnsFailure::workload, DnsFailure::database));
        if (situation.services().stream().anyMatch(s -> s.place() instanceof Place.Kubernetes)) {
            parts.add(cluster());
        }
        return new Playbook(
                "Names do not resolve, resolve slowly, or to the wrong address. Everything that opens new"
                        + " connections fails; what is connected goes on. Answers are cached, so clients"
                        + " fail and recover at different times.",
                List.of(
                        Signal.metric(
                                "CoreDNS answers with an error",
                                "above 0.05 for 5 minutes",
                                "sum(rate(coredns_dns_responses_total{rcode=\"SERVFAIL\"}[5m])) /"
                                        + " sum(rate(coredns_dns_responses_total[5m]))"),
                        Signal.metric(
                                "CoreDNS is slow",
                                "above 0.5 seconds for 5 minutes",
                                "histogram_quantile(0.99, sum by (le)"
                                        + " (rate(coredns_dns_request_duration_seconds_bucket[5m])))"),
                        Signal.metric(
                                "A probe cannot resolve its target (blackbox exporter)",
                                "0 for 3 minutes",
                                "probe_success{job=~\".*dns.*\"}"),
                        Signal.of(
                                "`no such host`, `SERVFAIL` or `EAI_AGAIN` in logs",
                                "more than 10 lines a minute for 5 minutes, in more than one service",
                                "logs of services")),
                List.of(RECORD, RESOLVER, UPSTREAM, DELEGATION, CLIENT),
                ask(
                        "Does the name resolve rightly when its own name servers are asked (check"
                                + " `authority`)?",
                        answer(
                                "no answer from any of them, or none is delegated",
                                found(DELEGATION)),
                        answer("wrong or no address", found(RECORD)),
                        answer(
                                "rightly",
                                ask(
                                        "Does a public resolver know it?",
                                        answer("SERVFAIL", found(DELEGATION)),
                                        answer("an old address", found(RECORD)),
                                        answer(
                                                "rightly",
                                                ask(
                                                        "Do other services on the same cluster or machine"
                                                                + " resolve it?",
                                                        yes(found(CLIENT)),
                                                        no(
                                                                ask(
                                                                        "Does the resolver there run and"
                                                                                + " answer for inner names?",
                                                                        yes(found(UPSTREAM)),
                                                                        no(found(RESOLVER))))))))),
                parts);
    }

    private static List<Check> outside(Service service) {
        Word name =
                service.host() == null
                        ? Word.variable("DNS_NAME")
                        : Word.text(service.host().value());
        Script authority =
                Script.of(
                        Invocation.typed("dig +trace +nodnssec +tries=1 +time=3", name),
                        Invocation.typed("dig +noall +answer", name, "SOA"));
        Script resolvers =
                Script.of(
                        Invocation.typed("dig +noall +comments +answer +time=3", name),
                        Invocation.typed("dig @9.9.9.9 +noall +comments +answer +time=3", name),
                        Invocation.typed(
                                "dig @9.9.9.9 +cdflag +noall +comments +answer +time=3", name));
        return List.of(
                Check.of(
                        "authority",
                        "What the name's own servers say",
                        named(service, authority),
                        Reading.of(
                                "it ends before the name's own servers, or they do not answer",
                                "the delegation, or the DNS provider",
                                DELEGATION),
                        Reading.of("no address, or the wrong one", "the record", RECORD),
                        Reading.next("the right address", "it is right at its source")),
                Check.of(
                        "resolvers",
                        "What resolvers say: yours, a public one, and that one without DNSSEC",
                        named(service, resolvers),
                        Reading.of(
                                "`SERVFAIL` but for the third",
                                "DNSSEC is broken: keys and DS record do not fit",
                                DELEGATION),
                        Reading.of(
                                "yours fails, the public one answers",
                                "your resolver or the way to it",
                                RESOLVER),
                        Reading.next(
                                "an inner name",
                                "no public resolver knows it or need hear of it: leave `@9.9.9.9` out"),
                        Reading.of(
                                "an old address with some seconds left",
                                "a cache; the number is how long it still lasts",
                                RECORD),
                        Reading.next("all alike and right", "only some clients fail")));
    }

    private static Script named(Service service, Script script) {
        return service.host() == null
                ? script.needing("DNS_NAME", "Set DNS_NAME to the name that does not resolve")
                : script;
    }

    private static Looks workload(Service service) {
        List<Check> checks = new ArrayList<>();
        checks.add(
                Check.of(
                        "errors",
                        "Which names fail",
                        Steps.logs(service, PATTERN, 30),
                        Reading.of(
                                "an inner name (`….svc.cluster.local`)",
                                "the cluster's resolver",
                                RESOLVER),
                        Reading.of(
                                "an inner name with a wrong ending",
                                "the search list, or a service that is gone",
                                CLIENT),
                        Reading.next("an outer name", "ask its own servers")));
        checks.addAll(outside(service));
        List<Mitigation> steps = new ArrayList<>();
        if (service.place() instanceof Place.Kubernetes at) {
            checks.add(
                    Check.of(
                            "policy",
                            "Whether it may ask at all",
                            Kubernetes.in(
                                    at,
                                    Kubernetes.kubectl(at, "describe networkpolicies"),
                                    Kubernetes.kubectl(at, "get services,endpointslices")),
                            Reading.of(
                                    "a policy for `Egress` without port 53 over UDP and TCP",
                                    "it cuts this service from DNS",
                                    CLIENT),
                            Reading.of(
                                    "an endpoint slice without addresses",
                                    "the name resolves, nobody is behind it",
                                    CLIENT),
                            Reading.next("neither", "it may ask")));
            steps.add(
                    Steps.restart(
                            CLIENT,
                            service,
                            "The name resolves rightly from another pod, and this one keeps an old answer"
                                    + " (the JVM and some HTTP clients keep them for long)."));
            steps.add(NetworkPolicies.remove(CLIENT, at, PATTERN));
        } else if (service.place() instanceof Place.Systemd) {
            checks.add(
                    Check.of(
                            "resolver",
                            "What this machine asks",
                            Script.of(
                                    Invocation.typed("resolvectl status --no-pager"),
                                    Invocation.typed("resolvectl statistics --no-pager")),
                            Reading.of(
                                    "another `Current DNS Server` than the network's",
                                    "DHCP or a VPN changed it",
                                    RESOLVER),
                            Reading.of(
                                    "many `Current Transactions`",
                                    "it waits for what it asks",
                                    UPSTREAM),
                            Reading.next("as it should be", "the resolver it asks")));
            steps.add(
                    Mitigation.of(RECORD, "flush-cache", "Forget cached answers on this machine")
                            .when(
                                    "The name's own servers answer rightly, and this machine still has an old answer.")
                            .change(Script.of(Systemd.sudo("resolvectl flush-caches")))
                            .verify(
                                    named(service, lookup(service)),
                                    "The address that the name's own servers give.")
                            .noUndo("The cache fills again by itself.")
                            .asFirst());
            steps.add(
                    Mitigation.of(
                                    UPSTREAM,
                                    "other-resolver",
                                    "Ask another resolver until the next boot")
                            .when(
                                    "The network's resolver does not answer, and the other one may see the"
                                            + " names that are asked: a public one never sees inner names.")
                            .change(
                                    Script.of(
                                                    Systemd.sudo(
                                                            "resolvectl dns",
                                                            Word.variable("INTERFACE"),
                                                            Word.variable("RESOLVER")))
                                            .needing(
                                                    "INTERFACE",
                                                    "Set INTERFACE to the link that resolvectl status shows")
                                            .needing("RESOLVER", "Set RESOLVER to its address"))
                            .verify(named(service, lookup(service)), "It resolves.")
                            .undo(
                                    "Back to what the network says.",
                                    Script.of(
                                                    Systemd.sudo(
                                                            "resolvectl revert",
                                                            Word.variable("INTERFACE")))
                                            .needing(
                                                    "INTERFACE",
                                                    "Set INTERFACE to the same link")));
            steps.add(
                    Steps.restart(
                            CLIENT,
                            service,
                            "The machine resolves rightly, and the process keeps an old answer."));
        }
        return new Looks(checks, steps);
    }

    private static Script lookup(Service service) {
        return Script.of(
                Invocation.typed(
                        "resolvectl query --no-pager",
                        service.host() == null
                                ? Word.variable("DNS_NAME")
                                : Word.text(service.host().value())));
    }

    private static Looks database(Database at) {
        return new Looks(
                List.of(
                        Check.of(
                                "reach",
                                "Whether its name resolves and answers",
                                Databases.reach(at),
                                Reading.of("no address", "its record, or the private zone", RECORD),
                                Reading.next(
                                        "an address, and it answers", "it is found from here"))),
                List.of());
    }

    private static Invocation dns(Object... words) {
        List<Object> all = new ArrayList<>();
        all.add("--namespace=kube-system");
        all.addAll(List.of(words));
        return Invocation.of("kubectl", all.toArray());
    }

    private static Part cluster() {
        Script pods =
                Script.of(
                        dns("get", "pods", "--selector=k8s-app=kube-dns", "--output=wide"),
                        dns(
                                "get",
                                "endpointslices",
                                "--selector=kubernetes.io/service-name=kube-dns"));
        List<Check> checks =
                List.of(
                        Check.of(
                                "pods",
                                "Whether CoreDNS runs and is reachable",
                                pods,
                                Reading.of(
                                        "pods that restart or are not ready",
                                        "the resolver",
                                        RESOLVER),
                                Reading.of(
                                        "all on one node that has trouble",
                                        "the resolver goes with it",
                                        RESOLVER),
                                Reading.next("all ready, all in the slice", "it runs")),
                        Check.of(
                                "log",
                                "What CoreDNS says",
                                Script.of(
                                        Pipeline.of(
                                                dns(
                                                        "logs",
                                                        "--selector=k8s-app=kube-dns",
                                                        "--prefix",
                                                        "--tail=2000",
                                                        "--since=15m"),
                                                Invocation.typed(
                                                        "grep -Ei", "error|timeout|loop|refused"),
                                                Invocation.typed("tail -n 40"))),
                                Reading.of(
                                        "`i/o timeout` to an address",
                                        "what it asks does not answer",
                                        UPSTREAM),
                                Reading.of("`Loop … detected`", "it asks itself", RESOLVER),
                                Reading.next("no line", "it is content")),
                        Check.of(
                                "use",
                                "Whether it is overloaded",
                                Script.of(dns("top", "pods", "--selector=k8s-app=kube-dns")),
                                Reading.of(
                                        "CPU or memory near its limit",
                                        "more of them help",
                                        RESOLVER),
                                Reading.next("plenty is left", "not this")),
                        Check.of(
                                "configuration",
                                "What it is told",
                                Script.of(dns("describe", "configmap", "coredns")),
                                Reading.of(
                                        "a `forward` to an address that does not answer",
                                        "what it asks",
                                        UPSTREAM),
                                Reading.of(
                                        "a rule that was not there last week",
                                        "set it back through the pipeline that owns it",
                                        RESOLVER),
                                Reading.next("as ever", "not this")));
        Script rolled = Script.of(dns("rollout", "status", "deployment/coredns", "--timeout=5m"));
        Mitigation more =
                Mitigation.of(RESOLVER, "scale-out", "Run more of CoreDNS")
                        .when(
                                "It is overloaded, and no autoscaler of its own sets the number (managed"
                                        + " clusters often have one). Note the number of now as"
                                        + " `REPLICAS_NOW`.")
                        .change(scale("REPLICAS", "Set REPLICAS to two more than run now"))
                        .verify(rolled, "`successfully rolled out`, and errors fall.")
                        .undo(
                                "Back to the number of before.",
                                scale("REPLICAS_NOW", "Set REPLICAS_NOW to the number from before"))
                        .asFirst();
        Mitigation restart =
                Mitigation.of(UPSTREAM, "restart", "Restart CoreDNS without a gap")
                        .when(
                                "What it asks answers again, or its configuration was mended, and it still"
                                        + " fails. At least two replicas run, else raise the number first.")
                        .change(Script.of(dns("rollout", "restart", "deployment/coredns")))
                        .verify(rolled, "`successfully rolled out`, and errors fall.")
                        .undo(
                                "Where the new pods are worse, the undo starts pods of the revision before.",
                                Script.of(dns("rollout", "undo", "deployment/coredns")));
        return Part.dependency(
                "cluster-dns",
                "DNS of the cluster (CoreDNS)",
                "For clusters that run CoreDNS as the deployment `coredns` in `kube-system`, as most do.",
                checks,
                List.of(more, restart));
    }

    private static Script scale(String variable, String hint) {
        return Script.of(
                        dns(
                                "scale",
                                "deployment/coredns",
                                Word.option("--replicas", Word.variable(variable))))
                .needing(variable, hint);
    }
}
