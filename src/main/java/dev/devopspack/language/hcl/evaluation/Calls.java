package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The modules that one module instance calls.
final class Calls {

    /// The instances of a called module.
    ///
    /// @param children empty if the module is not local
    record Called(Expansion expansion, List<ModuleState> children) {}

    private final ModuleState module;

    Calls(ModuleState module) {
        this.module = module;
    }

    /// The value of `source`, if it is a literal as Terraform requires.
    static Optional<String> source(Body body) {
        return body.attribute("source")
                .map(Attribute::value)
                .filter(Template.class::isInstance)
                .flatMap(t -> ((Template) t).literal());
    }

    Called called(String name) {
        return module.evaluation()
                .lazy()
                .get(
                        module.address("module." + name) + " (instances)",
                        true,
                        Called.class,
                        () -> computed(name));
    }

    private Called computed(String name) {
        ModuleIndex.Declared declared = module.index().calls().get(name);
        if (declared == null) {
            throw new IllegalArgumentException("module " + name + " is not declared");
        }
        Scope scope = module.scope(declared.file());
        Body body = declared.block().body();
        Expansion expansion = Expansion.of(body, scope, module.evaluation());
        Optional<String> directory = localDirectory(declared);
        if (directory.isEmpty()
                || !module.evaluation().takesModules(expansion.instances().size())) {
            return new Called(expansion, List.of());
        }
        ModuleIndex index = ModuleIndex.of(module.evaluation().files(), directory.get());
        List<String> ancestors = new ArrayList<>(module.ancestors());
        ancestors.add(directory.get());
        List<ModuleState> children = new ArrayList<>();
        for (Expansion.Instance instance : expansion.instances()) {
            Scope inner = scope.with(instance.names());
            children.add(
                    new ModuleState(
                            module.evaluation(),
                            index,
                            module.address("module." + name) + instance.key(),
                            ancestors,
                            variable -> given(variable, body, inner)));
        }
        return new Called(expansion, children);
    }

    private Optional<String> localDirectory(ModuleIndex.Declared declared) {
        Optional<String> source =
                source(declared.block().body())
                        .filter(s ->
                                s.startsWith("./")
                                        || s.startsWith("../")
                                        || s.equals("..")
                                        || s.equals("."));
        Optional<String> directory =
                source.flatMap(s -> Paths.join(module.index().directory(), s))
                        .filter(d -> ModuleIndex.hasModule(module.evaluation().files(), d));
        if (directory.isPresent() && module.ancestors().contains(directory.get())) {
            module.report(
                    declared.file(),
                    declared.block().header(),
                    new ValueProblem(
                            "the module \"" + source.orElse("") + "\" contains itself",
                            "Break the circle"));
            return Optional.empty();
        }
        return directory;
    }

    private Optional<Variables.Given> given(String variable, Body body, Scope scope) {
        return body.attribute(variable)
                .filter(a -> !Names.CALL_META.contains(variable))
                .map(a ->
                        new Variables.Given(
                                module.evaluation().bodies().value(a.value(), scope),
                                module,
                                scope.file(),
                                a.value().span()));
    }

    /// One output of a module that is called once; empty if all its outputs must be looked at.
    Optional<Value> output(String name, String output) {
        Called called = called(name);
        if (called.children.isEmpty() || called.expansion.kind() != Expansion.Kind.SINGLE) {
            return Optional.empty();
        }
        return Optional.of(called.children.getFirst().names().output(output));
    }

    /// All outputs of all instances.
    Value value(String name) {
        Called called = called(name);
        Reference reference = new Reference(module.address(), "module." + name, "", List.of());
        if (called.children.isEmpty() && !called.expansion.instances().isEmpty()) {
            return Unknown.of(reference);
        }
        List<Value> values = new ArrayList<>();
        for (ModuleState child : called.children) {
            Map<String, Value> outputs = new TreeMap<>();
            for (String output : child.index().outputs().keySet()) {
                outputs.put(output, child.names().output(output));
            }
            values.add(new ObjectValue(outputs, null));
        }
        return called.expansion.aggregate(values, Unknown.of(reference));
    }
}
