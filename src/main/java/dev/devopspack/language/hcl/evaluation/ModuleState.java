package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One instance of a module while it is evaluated.
final class ModuleState {

    /// Diagnostics of one module instance: after so many the rest is noise.
    private static final int DIAGNOSTICS = 200;

    private final Evaluation evaluation;
    private final ModuleIndex index;
    private final String address;
    private final List<String> ancestors;
    private final Variables variables;
    private final Resources resources;
    private final Calls calls;
    private final Names names;
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();

    /// @param ancestors folders of the modules around this one, to refuse a module inside itself
    ModuleState(
            Evaluation evaluation,
            ModuleIndex index,
            String address,
            List<String> ancestors,
            Variables.Inputs inputs) {
        this.evaluation = evaluation;
        this.index = index;
        this.address = address;
        this.ancestors = List.copyOf(ancestors);
        this.variables = new Variables(this, inputs);
        this.resources = new Resources(this);
        this.calls = new Calls(this);
        this.names = new Names(this);
        diagnostics.addAll(index.diagnostics());
    }

    Evaluation evaluation() {
        return evaluation;
    }

    ModuleIndex index() {
        return index;
    }

    String address() {
        return address;
    }

    List<String> ancestors() {
        return ancestors;
    }

    Variables variables() {
        return variables;
    }

    Resources resources() {
        return resources;
    }

    Calls calls() {
        return calls;
    }

    Names names() {
        return names;
    }

    Scope scope(String file) {
        return Scope.of(this, file);
    }

    /// Address of something in this module.
    String address(String subject) {
        return address.isEmpty() ? subject : address + "." + subject;
    }

    void report(String file, Span span, ValueProblem problem) {
        report(
                new Diagnostic(
                        Diagnostic.Severity.ERROR, file, span, problem.message(), problem.mend()));
    }

    void report(Diagnostic diagnostic) {
        if (diagnostics.size() < DIAGNOSTICS) {
            diagnostics.add(diagnostic);
        }
    }

    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }
}
