package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.task.Nearest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds references to what is not declared, and calls that do not fit their module.
final class ReferenceCheck {

    private static final Set<String> ALWAYS_THERE =
            Set.of("path", "terraform", "each", "count", "self");

    /// Arguments that name providers or attributes.
    private static final Set<String> OWN_NAMES = Set.of("provider", "providers", "ignore_changes");

    private static final Set<String> OWN_NAMES_OF_VARIABLE = Set.of("type");

    private static final Set<String> OF_EVERY_CALL =
            Set.of("source", "version", "providers", "count", "for_each", "depends_on");

    /// Blocks whose names may be of things that are gone or come later.
    private static final Set<String> LEFT_OUT = Set.of("moved", "removed", "import");

    private final ModuleState module;
    private final ModuleIndex index;
    private String file = "";

    private ReferenceCheck(ModuleState module) {
        this.module = module;
        this.index = module.index();
    }

    static void check(ModuleState module) {
        new ReferenceCheck(module).check();
    }

    private void check() {
        index.variables().values().forEach(d -> check(d, OWN_NAMES_OF_VARIABLE));
        index.outputs().values().forEach(d -> check(d, Set.of()));
        index.calls()
                .forEach((name, call) -> {
                    check(call, OWN_NAMES);
                    arguments(name, call.block());
                });
        index.resources().values().forEach(d -> check(d, OWN_NAMES));
        index.providers().forEach(d -> check(d, Set.of()));
        index.others().stream()
                .filter(d -> !LEFT_OUT.contains(d.block().type()))
                .forEach(d -> check(d, OWN_NAMES));
        index.locals()
                .values()
                .forEach(local -> {
                    file = local.file();
                    walk().expression(local.attribute().value(), Set.of());
                });
    }

    private void check(ModuleIndex.Declared declared, Set<String> leftOut) {
        file = declared.file();
        Block block = declared.block();
        walk().body(block.body(), leftOut, Set.of());
    }

    private ReferenceWalk walk() {
        return new ReferenceWalk(this::visit);
    }

    private void visit(String root, List<String> names, Expr expression) {
        if (ALWAYS_THERE.contains(root)) {
            return;
        }
        if (names.isEmpty() || (root.equals("data") && names.size() < 2)) {
            report(
                    expression,
                    "\"" + root + "\" alone refers to nothing",
                    "Write var.name, local.name, or type.name of a resource; text stands in quotes");
            return;
        }
        String name = names.getFirst();
        switch (root) {
            case "var" -> declared("variable", name, index.variables().keySet(), expression);
            case "local" -> declared("local", name, index.locals().keySet(), expression);
            case "module" -> module(name, names, expression);
            case "data" ->
                    declared(
                            "data source",
                            "data." + name + "." + names.get(1),
                            index.resources().keySet(),
                            expression);
            default ->
                    declared("resource", root + "." + name, index.resources().keySet(), expression);
        }
    }

    private void module(String name, List<String> names, Expr expression) {
        if (!index.calls().containsKey(name)) {
            declared("module", name, index.calls().keySet(), expression);
            return;
        }
        Calls.Called called = module.calls().called(name);
        if (names.size() > 1 && !called.children().isEmpty()) {
            Set<String> outputs = called.children().getFirst().index().outputs().keySet();
            boolean single = called.expansion().kind() == Expansion.Kind.SINGLE;
            if (single && !outputs.contains(names.get(1))) {
                report(
                        expression,
                        "module \"" + name + "\" has no output \"" + names.get(1) + "\"",
                        mend(names.get(1), outputs, "Declare it in the module"));
            }
        }
    }

    /// What a call gives must be what the module asks for.
    private void arguments(String name, Block call) {
        List<ModuleState> children = module.calls().called(name).children();
        if (children.isEmpty() || !children.getFirst().index().isWhole()) {
            return;
        }
        Map<String, ModuleIndex.Declared> variables = children.getFirst().index().variables();
        Set<String> given = new HashSet<>();
        for (Attribute argument : call.body().attributes()) {
            given.add(argument.name());
            if (!OF_EVERY_CALL.contains(argument.name())
                    && !variables.containsKey(argument.name())) {
                report(
                        argument.nameSpan(),
                        "module \"" + name + "\" has no variable \"" + argument.name() + "\"",
                        mend(argument.name(), variables.keySet(), "Declare it in the module"));
            }
        }
        variables.forEach((variable, declared) -> {
            boolean needed = declared.block().body().attribute("default").isEmpty();
            if (needed && !given.contains(variable)) {
                report(
                        call.header(),
                        "module \"" + name + "\" needs the variable \"" + variable + "\"",
                        "Give it a value, or the variable a default");
            }
        });
    }

    private void declared(String kind, String name, Collection<String> names, Expr expression) {
        if (!names.contains(name)) {
            report(
                    expression,
                    kind + " \"" + name + "\" is not declared",
                    mend(name, names, "Declare it, or remove the reference"));
        }
    }

    private static String mend(String name, Collection<String> names, String otherwise) {
        List<String> near = Nearest.to(name, names, 1);
        return near.isEmpty() ? otherwise : "Did you mean \"" + near.getFirst() + "\"?";
    }

    private void report(Expr expression, String message, String mend) {
        report(expression.span(), message, mend);
    }

    private void report(Span span, String message, String mend) {
        module.report(new Diagnostic(Diagnostic.Severity.ERROR, file, span, message, mend));
    }
}
