package dev.devopspack.policy;

import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.policy.kubernetes.TerraformObjects;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything of one evaluated module tree that rules can judge.
final class TerraformSubjects implements Subject.Surroundings {

    private final List<Subject> all = new ArrayList<>();
    private final Map<String, List<Subject>> byType = new LinkedHashMap<>();
    private final List<Subject> managed = new ArrayList<>();
    private final List<TerraformSubject> made = new ArrayList<>();
    private @Nullable Map<String, List<Subject>> mentions;

    /// By type and attribute, made when a rule first asks.
    private final Map<String, Referrers> referrers = new ConcurrentHashMap<>();

    /// By type and address: places in the list of the type. Made when a rule first asks.
    private final Map<String, Map<String, List<Integer>>> places = new ConcurrentHashMap<>();

    TerraformSubjects(EvaluatedModule module) {
        List<TerraformSubject> resources =
                module.allResources().map(resource -> subject(resource)).toList();
        module.modules()
                .flatMap(m -> m.providers().stream())
                .forEach(provider -> all.add(TerraformSubject.of(provider, this)));
        module.modules().flatMap(m -> m.calls().stream()).forEach(this::call);
        // Parts look at documents and other resources, so all resources come first.
        Stream.concat(resources.stream(), made.stream()).forEach(this::addParts);
        all.addAll(TerraformObjects.subjects(resources));
    }

    private void call(EvaluatedModule.Call call) {
        TerraformSubject subject = TerraformSubject.of(call, this);
        all.add(subject);
        byType.computeIfAbsent("module", t -> new ArrayList<>()).add(subject);
        RegistryModules.of(call, this)
                .forEach(resource -> {
                    all.add(resource);
                    made.add(resource);
                    byType.computeIfAbsent(type(resource), t -> new ArrayList<>()).add(resource);
                });
    }

    private static String type(TerraformSubject subject) {
        return subject.kind().substring("terraform/".length());
    }

    private TerraformSubject subject(EvaluatedResource resource) {
        TerraformSubject subject = TerraformSubject.of(resource, this);
        String type = TerraformSubject.typeOf(resource);
        all.add(subject);
        byType.computeIfAbsent(type, t -> new ArrayList<>()).add(subject);
        if (resource.mode() == EvaluatedResource.Mode.MANAGED) {
            managed.add(subject);
        }
        return subject;
    }

    private void addParts(TerraformSubject resource) {
        String type = type(resource);
        NetworkRules.of(resource, type).forEach(all::add);
        AzureNetworkRules.of(resource, type).forEach(all::add);
        GoogleNetworkRules.of(resource, type).forEach(all::add);
        GoogleBindings.of(resource, type).forEach(all::add);
        PolicyStatements.of(resource, type).forEach(all::add);
    }

    List<Subject> all() {
        return all;
    }

    /// The managed resources.
    List<Subject> resources() {
        return managed;
    }

    @Override
    public List<Subject> ofKind(String type) {
        return byType.getOrDefault(type, List.of());
    }

    @Override
    public List<Subject> mayMean(String address, String type, String kind, String path) {
        return referrers
                .computeIfAbsent(kind + ' ' + path, k -> new Referrers(ofKind(kind), path))
                .mayMean(address, type)
                .toList();
    }

    @Override
    public List<Subject> called(String kind, Set<String> addresses) {
        Map<String, List<Integer>> byAddress = places.computeIfAbsent(kind, this::places);
        return addresses.stream()
                .flatMap(address -> byAddress.getOrDefault(address, List.of()).stream())
                .sorted()
                .map(ofKind(kind)::get)
                .toList();
    }

    private Map<String, List<Integer>> places(String kind) {
        Map<String, List<Integer>> byAddress = new HashMap<>();
        List<Subject> subjects = ofKind(kind);
        for (int index = 0; index < subjects.size(); index++) {
            byAddress
                    .computeIfAbsent(
                            Relations.withoutKeys(subjects.get(index).address()),
                            a -> new ArrayList<>())
                    .add(index);
        }
        return byAddress;
    }

    /// Worked out when a rule first asks, because few do.
    @Override
    public List<Subject> mentioning(Subject target) {
        Map<String, List<Subject>> byAddress = mentions;
        if (byAddress == null) {
            byAddress = new HashMap<>();
            for (List<Subject> subjects : byType.values()) {
                for (Subject subject : subjects) {
                    if (subject instanceof TerraformSubject from) {
                        for (String address : from.references()) {
                            byAddress.computeIfAbsent(address, a -> new ArrayList<>()).add(from);
                        }
                    }
                }
            }
            mentions = byAddress;
        }
        return byAddress.getOrDefault(Relations.withoutKeys(target.address()), List.of());
    }

    @Override
    public Set<String> references(Subject from, String path) {
        return from instanceof TerraformSubject subject ? subject.references(path) : Set.of();
    }
}
