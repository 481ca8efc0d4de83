package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Which objects of a scan belong to an object, by selectors and by names.
final class Relations {

    private static final Set<String> BINDINGS = Set.of("RoleBinding", "ClusterRoleBinding");

    private final Cluster cluster;

    Relations(Cluster cluster) {
        this.cluster = cluster;
    }

    /// @param relation what is asked for, named by what comes back
    List<Attributes> of(KubernetesObject object, String relation) {
        return switch (relation) {
            case "workloads" -> cluster.shown(workloads(object).map(Workload::object));
            case "pods" -> pods(object);
            case "services" -> cluster.shown(services(object));
            case "networkPolicies" -> cluster.shown(own(object).flatMap(this::policies));
            case "missingServices" -> missingServices(object);
            case "disruptionBudgets" -> cluster.shown(budgets(object));
            case "budgets" -> cluster.shown(target(object).flatMap(this::budgets));
            case "autoscalers" -> cluster.shown(autoscalers(object));
            case "target" -> cluster.shown(target(object));
            case "serviceAccount" -> cluster.shown(serviceAccount(object));
            case "bindings" -> cluster.shown(bindings(object));
            case "roles" -> cluster.shown(bindings(object).flatMap(this::role));
            case "role" -> cluster.shown(role(object));
            case "claims" -> cluster.shown(volumeClaims(object));
            case "ingresses" -> cluster.shown(ingresses(object));
            case "namespaceObject" ->
                    cluster.shown(cluster.find("Namespace", "", object.namespace()).stream());
            case "sameNamespace" ->
                    cluster.shown(
                            cluster.objects().stream()
                                    .filter(each -> isIn(each, namespaceOf(object))));
            default -> List.of();
        };
    }

    /// Whose answer is the same: all objects of a namespace have the same neighbours.
    KubernetesObject asking(KubernetesObject object, String relation) {
        return relation.equals("sameNamespace") && !object.isClusterWide()
                ? cluster.firstIn(object)
                : object;
    }

    private static String namespaceOf(KubernetesObject object) {
        return object.kind().equals("Namespace") ? object.name() : object.namespace();
    }

    private static boolean isIn(KubernetesObject object, String namespace) {
        return !object.isClusterWide() && object.namespace().equals(namespace);
    }

    /// The workloads whose pods an object chooses, runs, scales or serves.
    private Stream<Workload> workloads(KubernetesObject object) {
        List<Workload> near = cluster.workloads(object.namespace());
        return switch (object.kind()) {
            case "Service" -> {
                Attributes selector = Values.object(object.spec(), "selector");
                yield selector.isEmpty()
                        ? Stream.of()
                        : near.stream()
                                .filter(workload ->
                                        Selector.matchesPlainly(selector, workload.podLabels()));
            }
            case "NetworkPolicy" ->
                    near.stream()
                            .filter(workload ->
                                    Selector.matches(
                                            Values.object(object.spec(), "podSelector"),
                                            workload.podLabels()));
            case "PodDisruptionBudget" ->
                    near.stream()
                            .filter(workload ->
                                    Selector.matches(
                                            Values.object(object.spec(), "selector"),
                                            workload.podLabels()));
            case "ServiceAccount" ->
                    near.stream()
                            .filter(workload ->
                                    workload.serviceAccountName().equals(object.name()));
            case "PersistentVolumeClaim" ->
                    near.stream().filter(workload -> claimNames(workload).contains(object.name()));
            case "Ingress" -> services(object).flatMap(this::workloads);
            case "Namespace" -> cluster.workloads(object.name()).stream();
            case "RoleBinding", "ClusterRoleBinding" ->
                    cluster.workloads().stream().filter(workload -> binds(object, workload));
            default -> Stream.of();
        };
    }

    /// The pods' labels and specs, for rules that look at more than the object.
    private List<Attributes> pods(KubernetesObject object) {
        return workloads(object).map(workload -> workload.subject(cluster).self()).toList();
    }

    private Stream<KubernetesObject> services(KubernetesObject object) {
        if (object.kind().equals("Ingress")) {
            return backends(object).stream()
                    .flatMap(name -> cluster.find("Service", object.namespace(), name).stream());
        }
        return own(object)
                .flatMap(workload ->
                        inNamespace("Service", object)
                                .filter(service -> {
                                    Attributes selector = Values.object(service.spec(), "selector");
                                    return !selector.isEmpty()
                                            && Selector.matchesPlainly(
                                                    selector, workload.podLabels());
                                }));
    }

    /// Kubernetes' own network policies and those of Cilium.
    private Stream<KubernetesObject> policies(Workload workload) {
        KubernetesObject object = workload.object();
        return Stream.of(
                        inNamespace("NetworkPolicy", object),
                        inNamespace("CiliumNetworkPolicy", object),
                        cluster.ofKinds(Set.of("CiliumClusterwideNetworkPolicy")))
                .flatMap(policies -> policies)
                .filter(policy -> covers(policy, workload));
    }

    private static boolean covers(KubernetesObject policy, Workload workload) {
        if (policy.kind().equals("NetworkPolicy")) {
            return Selector.matches(
                    Values.object(policy.spec(), "podSelector"), workload.podLabels());
        }
        List<Attributes> specs = new ArrayList<>(Values.objects(policy.raw(), "specs"));
        specs.add(policy.spec());
        return specs.stream()
                .filter(spec -> spec.isWritten("endpointSelector"))
                .anyMatch(spec ->
                        Selector.matches(
                                Values.object(spec, "endpointSelector"), workload.podLabels()));
    }

    private record Backend(String service, String port) {}

    /// The backends of an ingress whose service, or the port of it, is not there.
    private List<Attributes> missingServices(KubernetesObject ingress) {
        return backendsOf(ingress).stream()
                .filter(backend ->
                        cluster.find("Service", ingress.namespace(), backend.service())
                                .filter(service -> hasPort(service, backend.port()))
                                .isEmpty())
                .map(backend ->
                        new Attributes(Map.of("name", backend.service(), "port", backend.port())))
                .toList();
    }

    private static boolean hasPort(KubernetesObject service, String port) {
        List<Attributes> ports = Values.objects(service.spec(), "ports");
        return port.isEmpty()
                || ports.stream()
                        .anyMatch(each ->
                                Values.text(each, "port").equals(port)
                                        || Values.text(each, "name").equals(port));
    }

    /// The names of the services that an ingress sends requests to.
    static List<String> backends(KubernetesObject ingress) {
        return backendsOf(ingress).stream().map(Backend::service).distinct().toList();
    }

    private static List<Backend> backendsOf(KubernetesObject ingress) {
        List<Attributes> backends = new ArrayList<>();
        backends.add(Values.object(ingress.spec(), "defaultBackend"));
        backends.add(Values.object(ingress.spec(), "backend"));
        for (Attributes rule : Values.objects(ingress.spec(), "rules")) {
            Values.objects(Values.object(rule, "http"), "paths")
                    .forEach(path -> backends.add(Values.object(path, "backend")));
        }
        return backends.stream()
                .map(Relations::backend)
                .filter(backend -> !backend.service().isEmpty())
                .toList();
    }

    /// `service.name` and `service.port`, or before v1 `serviceName` and `servicePort`.
    private static Backend backend(Attributes backend) {
        Attributes service = Values.object(backend, "service");
        Attributes port = Values.object(service, "port");
        return service.isEmpty()
                ? new Backend(
                        Values.text(backend, "serviceName"), Values.text(backend, "servicePort"))
                : new Backend(
                        Values.text(service, "name"),
                        Values.text(Values.first(port.get("number"), port.get("name"), "")));
    }

    private Stream<KubernetesObject> ingresses(KubernetesObject service) {
        return inNamespace("Ingress", service)
                .filter(ingress -> backends(ingress).contains(service.name()));
    }

    private Stream<KubernetesObject> selecting(
            KubernetesObject object, Set<String> kinds, String field) {
        return own(object)
                .flatMap(workload ->
                        kinds.stream()
                                .flatMap(kind -> inNamespace(kind, object))
                                .filter(each ->
                                        Selector.matches(
                                                Values.object(each.spec(), field),
                                                workload.podLabels())));
    }

    private Stream<KubernetesObject> budgets(KubernetesObject object) {
        return selecting(object, Set.of("PodDisruptionBudget"), "selector");
    }

    private Stream<KubernetesObject> autoscalers(KubernetesObject object) {
        return inNamespace("HorizontalPodAutoscaler", object)
                .filter(scaler -> {
                    Attributes target = Values.object(scaler.spec(), "scaleTargetRef");
                    return Values.text(target, "kind").equals(object.kind())
                            && Values.text(target, "name").equals(object.name());
                });
    }

    private Stream<KubernetesObject> target(KubernetesObject scaler) {
        Attributes target = Values.object(scaler.spec(), "scaleTargetRef");
        return cluster
                .find(Values.text(target, "kind"), scaler.namespace(), Values.text(target, "name"))
                .stream();
    }

    private Stream<KubernetesObject> serviceAccount(KubernetesObject object) {
        return own(object)
                .flatMap(workload ->
                        cluster
                                .find(
                                        "ServiceAccount",
                                        object.namespace(),
                                        workload.serviceAccountName())
                                .stream());
    }

    private Stream<KubernetesObject> bindings(KubernetesObject object) {
        return switch (object.kind()) {
            case "ServiceAccount" ->
                    cluster.ofKinds(BINDINGS)
                            .filter(binding -> binds(binding, object.namespace(), object.name()));
            case "Role", "ClusterRole" ->
                    cluster.ofKinds(BINDINGS)
                            .filter(binding -> role(binding).anyMatch(object::equals));
            default ->
                    own(object)
                            .flatMap(workload ->
                                    cluster.ofKinds(BINDINGS)
                                            .filter(binding -> binds(binding, workload)));
        };
    }

    private static boolean binds(KubernetesObject binding, Workload workload) {
        return binds(binding, workload.object().namespace(), workload.serviceAccountName());
    }

    private static boolean binds(KubernetesObject binding, String namespace, String account) {
        return RoleRules.subjectsOf(binding).stream()
                .anyMatch(subject ->
                        Values.text(subject, "kind").equals("ServiceAccount")
                                && Values.text(subject, "name").equals(account)
                                && isSame(Values.text(subject, "namespace"), namespace, binding));
    }

    /// A subject without a namespace is taken to be beside its binding.
    private static boolean isSame(String written, String namespace, KubernetesObject binding) {
        return written.isEmpty()
                ? binding.isClusterWide() || binding.namespace().equals(namespace)
                : written.equals(namespace);
    }

    private Stream<KubernetesObject> role(KubernetesObject binding) {
        Attributes role = Values.object(binding.raw(), "roleRef");
        return cluster
                .find(Values.text(role, "kind"), binding.namespace(), Values.text(role, "name"))
                .stream();
    }

    private Stream<KubernetesObject> volumeClaims(KubernetesObject object) {
        return own(object)
                .flatMap(workload ->
                        inNamespace("PersistentVolumeClaim", object)
                                .filter(claim -> claimNames(workload).contains(claim.name())));
    }

    private static List<String> claimNames(Workload workload) {
        return Values.objects(workload.pod().spec(), "volumes").stream()
                .map(volume ->
                        Values.text(Values.object(volume, "persistentVolumeClaim"), "claimName"))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private Stream<KubernetesObject> inNamespace(String kind, KubernetesObject near) {
        return cluster.ofKindIn(kind, near.namespace()).stream();
    }

    private Stream<Workload> own(KubernetesObject object) {
        return cluster.workloadOf(object).stream();
    }
}
