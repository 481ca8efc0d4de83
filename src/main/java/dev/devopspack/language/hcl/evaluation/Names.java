package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the names of a module stand for. A name that is not declared is unknown here: that it is
/// missing is reported once, by [ReferenceCheck].
final class Names {

    /// Arguments of a `module` block that are no variables of the module.
    static final Set<String> CALL_META =
            Set.of("source", "version", "count", "for_each", "providers", "depends_on");

    private final ModuleState module;

    Names(ModuleState module) {
        this.module = module;
    }

    /// @param root first name of a traversal that is not a local name
    /// @param names attribute names that follow it
    TraversalEvaluator.Head head(String root, List<String> names) {
        String first = names.isEmpty() ? "" : names.getFirst();
        return switch (root) {
            case "var" -> head(module.variables().value(first), "var." + first, names, 1);
            case "local" -> head(local(first), "local." + first, names, 1);
            case "module" -> moduleHead(first, names);
            case "path" ->
                    new TraversalEvaluator.Head(place(path(first)), Math.min(1, names.size()));
            case "terraform" ->
                    new TraversalEvaluator.Head(
                            place(Unknown.because("terraform." + first + " is chosen at run time")),
                            Math.min(1, names.size()));
            case "data" ->
                    resourceHead(
                            "data." + first + "." + (names.size() > 1 ? names.get(1) : ""),
                            names,
                            2);
            case "each", "count", "self" ->
                    throw new ValueProblem(
                            "\"" + root + "\" has no meaning here",
                            switch (root) {
                                case "each" -> "Use it in a block with for_each";
                                case "count" -> "Use it in a block with count";
                                default -> "Use it in a provisioner or a condition";
                            });
            default -> resourceHead(root + "." + first, names, 1);
        };
    }

    private TraversalEvaluator.Head head(
            Value value, String subject, List<String> names, int taken) {
        Reference reference = new Reference(module.address(), subject, "", List.of());
        return new TraversalEvaluator.Head(
                new TraversalEvaluator.Place(value, reference), Math.min(taken, names.size()));
    }

    private static TraversalEvaluator.Place place(Value value) {
        return new TraversalEvaluator.Place(value, null);
    }

    private TraversalEvaluator.Head resourceHead(String subject, List<String> names, int taken) {
        if (!module.index().resources().containsKey(subject)) {
            Reference reference = new Reference(module.address(), subject, "", List.of());
            return head(
                    new Unknown(
                            subject + " is not declared",
                            Set.of(reference),
                            new Value.Hint.Itself(reference)),
                    subject,
                    names,
                    taken);
        }
        return head(module.resources().evaluated(subject).value(), subject, names, taken);
    }

    private TraversalEvaluator.Head moduleHead(String name, List<String> names) {
        String subject = "module." + name;
        if (!module.index().calls().containsKey(name)) {
            return head(Unknown.because(subject + " is not declared"), subject, names, 1);
        }
        if (names.size() > 1) {
            Optional<Value> output = module.calls().output(name, names.get(1));
            if (output.isPresent()) {
                Reference reference =
                        new Reference(module.address(), subject, "", List.of(names.get(1)));
                return new TraversalEvaluator.Head(
                        new TraversalEvaluator.Place(output.get(), reference), 2);
            }
        }
        return head(module.calls().value(name), subject, names, 1);
    }

    Value local(String name) {
        ModuleIndex.DeclaredLocal declared = module.index().locals().get(name);
        if (declared == null) {
            return Unknown.because("local \"" + name + "\" is not declared");
        }
        return module.evaluation()
                .lazy()
                .get(
                        module.address("local." + name),
                        true,
                        Value.class,
                        () ->
                                module.evaluation()
                                        .bodies()
                                        .value(
                                                declared.attribute().value(),
                                                module.scope(declared.file())));
    }

    Value output(String name) {
        ModuleIndex.Declared declared = module.index().outputs().get(name);
        if (declared == null) {
            return Unknown.because("output \"" + name + "\" is not declared");
        }
        return module.evaluation()
                .lazy()
                .get(
                        module.address("output." + name),
                        true,
                        Value.class,
                        () ->
                                declared.block()
                                        .body()
                                        .attribute("value")
                                        .map(a ->
                                                module.evaluation()
                                                        .bodies()
                                                        .value(
                                                                a.value(),
                                                                module.scope(declared.file())))
                                        .orElse(Value.Null.VALUE));
    }

    private Value path(String name) {
        return switch (name) {
            case "module" ->
                    Value.of(
                            Paths.relative(
                                    module.evaluation().rootDirectory(),
                                    module.index().directory()));
            case "root" -> Value.of(".");
            case "cwd" -> Unknown.because("path.cwd is only known at run time");
            default ->
                    throw new ValueProblem(
                            "\"path\" has no \"" + name + "\"",
                            "Use path.module, path.root or path.cwd");
        };
    }
}
