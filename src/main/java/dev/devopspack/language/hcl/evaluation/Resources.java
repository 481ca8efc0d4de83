package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The resources and data sources of one module instance.
final class Resources {

    /// All instances, and what expressions see of them.
    record Evaluated(List<EvaluatedResource> instances, Value value) {}

    private final ModuleState module;

    Resources(ModuleState module) {
        this.module = module;
    }

    /// @param subject `type.name` or `data.type.name`, which must be declared
    Evaluated evaluated(String subject) {
        return module.evaluation()
                .lazy()
                .get(module.address(subject), false, Evaluated.class, () -> computed(subject));
    }

    private Evaluated computed(String subject) {
        ModuleIndex.Declared declared = module.index().resources().get(subject);
        if (declared == null) {
            return new Evaluated(List.of(), Unknown.because(subject + " is not declared"));
        }
        return of(subject, declared);
    }

    /// What a second resource of a name says; references go to the first.
    List<EvaluatedResource> again(ModuleIndex.Declared declared) {
        Block block = declared.block();
        String prefix = block.type().equals("data") ? "data." : "";
        return of(prefix + String.join(".", block.labels()), declared).instances();
    }

    private Evaluated of(String subject, ModuleIndex.Declared declared) {
        Scope scope = module.scope(declared.file());
        Expansion expansion = Expansion.of(declared.block().body(), scope, module.evaluation());
        Reference reference = new Reference(module.address(), subject, "", List.of());
        List<EvaluatedResource> instances = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (Expansion.Instance instance : expansion.instances()) {
            EvaluatedResource resource = resource(subject, declared, expansion, instance, scope);
            instances.add(resource);
            values.add(resource.body().asValue(reference.withKey(instance.key())));
        }
        return new Evaluated(instances, expansion.aggregate(values, Unknown.of(reference)));
    }

    private EvaluatedResource resource(
            String subject,
            ModuleIndex.Declared declared,
            Expansion expansion,
            Expansion.Instance instance,
            Scope scope) {
        Block block = declared.block();
        Scope inner = scope.with(instance.names());
        return new EvaluatedResource(
                module.address(subject) + instance.key(),
                module.address(),
                block.type().equals("data")
                        ? EvaluatedResource.Mode.DATA
                        : EvaluatedResource.Mode.MANAGED,
                block.labels().get(0),
                block.labels().get(1),
                instance.key(),
                instance.certain(),
                declared.file(),
                block.header(),
                block.span(),
                meta(block.body(), expansion, inner),
                module.evaluation().bodies().body(block.body(), inner, EvaluatedResource.META));
    }

    private EvaluatedResource.Meta meta(Body body, Expansion expansion, Scope scope) {
        return new EvaluatedResource.Meta(
                expansion.count(),
                expansion.forEach(),
                body.attribute("provider").map(Attribute::value).map(Written::text),
                body.attribute("depends_on")
                        .map(Attribute::value)
                        .map(Written::texts)
                        .orElse(List.of()),
                blocks(body, "lifecycle", scope),
                blocks(body, "provisioner", scope),
                blocks(body, "connection", scope));
    }

    private List<EvaluatedBlock> blocks(Body body, String type, Scope scope) {
        Scope inner = scope.with(Map.of("self", Unknown.because("self is only known after apply")));
        return body.blocks(type).stream()
                .map(block -> module.evaluation().bodies().block(block, inner))
                .toList();
    }
}
