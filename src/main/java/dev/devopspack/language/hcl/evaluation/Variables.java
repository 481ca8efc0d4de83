package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Bool;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Values of a module's variables: given, else the default, else unknown.
final class Variables {

    /// Where the values of a module's variables come from.
    @FunctionalInterface
    interface Inputs {
        /// @return empty if none is given for this variable
        Optional<Given> given(String name);
    }

    /// A value and where it was given.
    record Given(Value value, ModuleState module, String file, Span span) {}

    private final ModuleState module;
    private final Inputs inputs;

    Variables(ModuleState module, Inputs inputs) {
        this.module = module;
        this.inputs = inputs;
    }

    boolean isGiven(String name) {
        return inputs.given(name).isPresent();
    }

    Value value(String name) {
        return module.evaluation()
                .lazy()
                .get(module.address("var." + name), true, Value.class, () -> computed(name));
    }

    private Value computed(String name) {
        ModuleIndex.Declared declared = module.index().variables().get(name);
        Reference reference = new Reference(module.address(), "var." + name, "", List.of());
        if (declared == null) {
            return Unknown.because("variable \"" + name + "\" is not declared");
        }
        Body body = declared.block().body();
        Scope scope = module.scope(declared.file());
        TypeConstraint type =
                body.attribute("type")
                        .map(a ->
                                TypeConstraint.of(
                                        a.value(),
                                        e -> module.evaluation().bodies().value(e, scope)))
                        .orElse(TypeConstraint.Simple.ANY);
        Optional<Given> given = inputs.given(name);
        if (given.isPresent()
                && !(given.get().value() instanceof Value.Null && notNullable(body))) {
            return converted(type, given.get(), name);
        }
        return body.attribute("default")
                .map(a -> byDefault(a, type, scope, name))
                .orElseGet(() ->
                        new Unknown(
                                "variable \"" + name + "\" has no value and no default",
                                Set.of(reference),
                                new Value.Hint.Itself(reference)));
    }

    private static boolean notNullable(Body body) {
        return body.attribute("nullable")
                .filter(a -> a.value() instanceof Bool b && !b.value())
                .isPresent();
    }

    private Value byDefault(Attribute attribute, TypeConstraint type, Scope scope, String name) {
        Value value = module.evaluation().bodies().value(attribute.value(), scope);
        return converted(
                type, new Given(value, module, scope.file(), attribute.value().span()), name);
    }

    private static Value converted(TypeConstraint type, Given given, String name) {
        try {
            return type.convert(given.value());
        } catch (ValueProblem problem) {
            given.module()
                    .report(
                            given.file(),
                            given.span(),
                            new ValueProblem(
                                    "variable \""
                                            + name
                                            + "\" does not take this: "
                                            + problem.message(),
                                    problem.mend()));
            return Unknown.because("the value of variable \"" + name + "\" does not fit its type");
        }
    }
}
