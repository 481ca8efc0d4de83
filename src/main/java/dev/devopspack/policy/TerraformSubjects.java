package dev.devopspack.policy;

import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.policy.kubernetes.TerraformObjects;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything of one evaluated module tree that rules can judge.
final class TerraformSubjects implements Subject.Surroundings {

    private final List<Subject> all = new ArrayList<>();
    private final Map<String, List<Subject>> byType = new LinkedHashMap<>();
    private final List<Subject> managed = new ArrayList<>();

    TerraformSubjects(EvaluatedModule module) {
        List<TerraformSubject> resources =
                module.allResources().map(resource -> subject(resource)).toList();
        module.modules()
                .flatMap(m -> m.providers().stream())
                .forEach(provider -> all.add(TerraformSubject.of(provider, this)));
        // Parts look at documents and other resources, so all resources come first.
        resources.forEach(this::addParts);
        all.addAll(TerraformObjects.subjects(resources));
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
        String type = resource.kind().substring("terraform/".length());
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
    public Set<String> references(Subject from, String path) {
        return from instanceof TerraformSubject subject ? subject.references(path) : Set.of();
    }
}
