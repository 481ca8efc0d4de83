package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.task.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Finds references to what is not declared.
final class ReferenceCheck {

    private static final Set<String> ALWAYS_THERE =
            Set.of("path", "terraform", "each", "count", "self");

    /// Arguments that name providers or attributes.
    private static final Set<String> OWN_NAMES = Set.of("provider", "providers", "ignore_changes");

    private static final Set<String> OWN_NAMES_OF_VARIABLE = Set.of("type");

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
        index.calls().values().forEach(d -> check(d, OWN_NAMES));
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
        module.report(
                new Diagnostic(Diagnostic.Severity.ERROR, file, expression.span(), message, mend));
    }
}
