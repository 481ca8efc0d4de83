package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A module as far as it is known before an apply.
///
/// @param address empty for the root, else `module.a["k"].module.b`
/// @param directory folder of its files; empty for the root of what was handed in
/// @param settings the `terraform` blocks
/// @param others `moved`, `import`, `removed`, `check` and whatever else stands at the top
/// @param children instances of local child modules
/// @param diagnostics what could not be evaluated, and references to what is not declared; those of
///   the children are with the children
public record EvaluatedModule(
        String address,
        String directory,
        List<EvaluatedResource> resources,
        List<Provider> providers,
        List<Call> calls,
        List<Variable> variables,
        List<Named> locals,
        List<Output> outputs,
        List<Placed> settings,
        List<Placed> others,
        List<EvaluatedModule> children,
        List<Diagnostic> diagnostics) {

    /// Resources and data sources of this module and of all below it.
    public Stream<EvaluatedResource> allResources() {
        return modules().flatMap(m -> m.resources.stream());
    }

    /// This module and all below it.
    public Stream<EvaluatedModule> modules() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(EvaluatedModule::modules));
    }

    /// Diagnostics of this module and of all below it, each once.
    public List<Diagnostic> allDiagnostics() {
        return modules().flatMap(m -> m.diagnostics.stream()).distinct().toList();
    }

    /// A block of a file that is no resource.
    public record Placed(String file, EvaluatedBlock block) {}

    /// @param alias empty for the default configuration of the provider
    public record Provider(String name, String alias, String file, EvaluatedBlock block) {}

    /// A `module` block.
    ///
    /// @param address of the called module without instance
    /// @param source as written; empty if it is missing or not a literal
    /// @param version as written
    /// @param local whether its files were among those handed in and evaluated
    public record Call(
            String name,
            String address,
            String source,
            Optional<String> version,
            boolean local,
            String file,
            EvaluatedBlock block) {}

    /// @param value given value, else default, else unknown
    /// @param type as written
    /// @param given whether a value was given rather than taken from the default
    public record Variable(
            String name,
            Value value,
            Optional<String> type,
            boolean given,
            boolean sensitive,
            String file,
            EvaluatedBlock block) {}

    public record Named(
            String name, Value value, Set<Reference> references, String file, Span span) {}

    public record Output(
            String name,
            Value value,
            Set<Reference> references,
            boolean sensitive,
            String file,
            EvaluatedBlock block) {}
}
