package dev.devopspack.policy.kubernetes;

import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.Unknowns;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// All objects of one scan and how they refer to each other.
final class Cluster implements Subject.Surroundings {

    /// Fields of config maps and secrets whose keys rules walk through.
    private static final List<String> TABLES = List.of("data", "stringData", "binaryData");

    private final List<KubernetesObject> objects;
    private final Map<String, List<KubernetesObject>> byKind = new LinkedHashMap<>();
    private final List<Workload> workloads = new ArrayList<>();
    private final Map<String, List<Workload>> workloadsByNamespace = new LinkedHashMap<>();
    private final Map<String, List<Subject>> subjects = new LinkedHashMap<>();
    private final List<Subject> all = new ArrayList<>();
    private final Relations relations = new Relations(this);
    private final Map<KubernetesObject, Workload> workloadOf = new HashMap<>();
    private final Map<Near, List<KubernetesObject>> byNamespace = new HashMap<>();

    /// What many rules ask of the same objects is worked out once; threads share it.
    private final Map<KubernetesObject, Attributes> shown = new ConcurrentHashMap<>();

    private final Map<Link, List<Attributes>> links = new ConcurrentHashMap<>();

    private final Map<String, KubernetesObject> firstByNamespace = new HashMap<>();

    private record Near(String kind, String namespace) {}

    private record Link(KubernetesObject object, String relation) {}

    Cluster(List<KubernetesObject> objects) {
        this.objects = List.copyOf(objects);
        for (KubernetesObject object : objects) {
            byKind.computeIfAbsent(object.kind(), kind -> new ArrayList<>()).add(object);
            byNamespace
                    .computeIfAbsent(
                            new Near(object.kind(), object.namespace()), near -> new ArrayList<>())
                    .add(object);
            if (!object.isClusterWide()) {
                firstByNamespace.putIfAbsent(object.namespace(), object);
            }
            PodTemplate.of(object)
                    .map(pod -> Workload.of(object, pod))
                    .ifPresent(workload -> {
                        workloads.add(workload);
                        workloadOf.put(object, workload);
                        workloadsByNamespace
                                .computeIfAbsent(object.namespace(), name -> new ArrayList<>())
                                .add(workload);
                    });
        }
        objects.forEach(this::addSubjects);
        workloads.forEach(this::addSubjects);
    }

    /// Everything that rules can judge.
    List<Subject> all() {
        return all;
    }

    private void addSubjects(KubernetesObject object) {
        add(generic(object, object.kind(), true));
        add(generic(object, "Object", false));
        if (RoleRules.isRole(object)) {
            RoleRules.subjects(object, this).forEach(this::add);
        }
        if (RoleRules.isBinding(object)) {
            add(RoleRules.binding(object, this));
        }
    }

    private static boolean isTable(Object value) {
        return value instanceof Map<?, ?>
                || value instanceof CelUnknownSet
                || !Values.isWritten(value);
    }

    private KubernetesSubject generic(KubernetesObject object, String kind, boolean counted) {
        Map<String, Object> values = new LinkedHashMap<>(object.raw());
        object.describe(values);
        if (RoleRules.isRole(object)) {
            values.put("rules", RoleRules.of(object));
        }
        for (String field : TABLES) {
            if (!isTable(object.raw().get(field))) {
                values.put(field, Unknowns.because("'" + field + "' is no map of names to values"));
            }
        }
        return new KubernetesSubject(
                kind,
                object,
                counted,
                List.of(List.of()),
                Map.of(
                        "name", List.of("metadata", "name"),
                        "namespace", List.of("metadata", "namespace"),
                        "labels", List.of("metadata", "labels"),
                        "annotations", List.of("metadata", "annotations")),
                values,
                this);
    }

    private void addSubjects(Workload workload) {
        add(workload.subject(this));
        for (Container container : workload.containers()) {
            add(container.subject(this));
            Component.of(container).map(found -> found.subject(this)).ifPresent(this::add);
        }
    }

    private void add(KubernetesSubject subject) {
        all.add(subject);
        subjects.computeIfAbsent(
                        subject.kind().substring("kubernetes/".length()), k -> new ArrayList<>())
                .add(subject);
    }

    List<KubernetesObject> objects() {
        return objects;
    }

    Stream<KubernetesObject> ofKinds(Set<String> kinds) {
        return kinds.stream().flatMap(kind -> byKind.getOrDefault(kind, List.of()).stream());
    }

    Optional<KubernetesObject> find(String kind, String namespace, String name) {
        List<KubernetesObject> all = byKind.getOrDefault(kind, List.of());
        boolean clusterWide = !all.isEmpty() && all.getFirst().isClusterWide();
        return (clusterWide ? all : ofKindIn(kind, namespace))
                .stream().filter(object -> object.name().equals(name)).findFirst();
    }

    /// The objects of a kind that stand, or would stand, in a namespace.
    List<KubernetesObject> ofKindIn(String kind, String namespace) {
        return byNamespace.getOrDefault(new Near(kind, namespace), List.of());
    }

    /// One of the objects of a namespace, always the same.
    KubernetesObject firstIn(KubernetesObject near) {
        return firstByNamespace.getOrDefault(near.namespace(), near);
    }

    /// The workload that an object is, if it makes pods.
    Optional<Workload> workloadOf(KubernetesObject object) {
        return Optional.ofNullable(workloadOf.get(object));
    }

    List<Workload> workloads(String namespace) {
        return workloadsByNamespace.getOrDefault(namespace, List.of());
    }

    List<Workload> workloads() {
        return workloads;
    }

    /// What rules see of objects.
    List<Attributes> shown(Stream<KubernetesObject> found) {
        return found.distinct()
                .map(object -> shown.computeIfAbsent(object, Cluster::described))
                .toList();
    }

    private static Attributes described(KubernetesObject object) {
        Map<String, Object> values = new LinkedHashMap<>(object.raw());
        object.describe(values);
        if (RoleRules.isRole(object)) {
            values.put("rules", RoleRules.of(object));
        }
        return new Attributes(values);
    }

    @Override
    public List<Subject> ofKind(String kind) {
        return subjects.getOrDefault(kind, List.of());
    }

    @Override
    public Set<String> references(Subject from, String path) {
        return Set.of();
    }

    @Override
    public List<Attributes> linked(Subject from, String relation) {
        return from instanceof KubernetesSubject subject
                ? linked(subject.object(), relation)
                : List.of();
    }

    private List<Attributes> linked(KubernetesObject object, String relation) {
        Link link = new Link(relations.asking(object, relation), relation);
        List<Attributes> known = links.get(link);
        if (known == null) {
            known = relations.of(link.object(), relation);
            links.put(link, known);
        }
        return known;
    }
}
