package dev.devopspack.review;

import dev.devopspack.change.Artifacts;
import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The managed resources of an evaluated module with their values in clear: for comparing only.
///
/// @param resources by address, sorted
/// @param moves the `moved`, `removed` and `import` blocks of all modules
/// @param notes what a reader must know of it
/// @param sensitive what sensitive variables hold
record ModuleView(
        Map<String, Resource> resources, Moves moves, List<String> notes, List<Datum> sensitive) {

    static final ModuleView NONE = new ModuleView(Map.of(), Moves.NONE, List.of(), List.of());

    /// Addresses beside a note; the list of changes holds all.
    private static final int MAX_ADDRESSES = 8;

    /// @param provider as written, such as `aws.east`; empty where none is
    record Resource(String address, String type, String name, String provider, Datum values) {}

    static EvaluatedModule evaluate(Artifacts artifacts) {
        Map<String, String> texts = new HashMap<>();
        artifacts.forEach(artifact -> texts.put(artifact.name().value(), artifact.text()));
        return ModuleEvaluator.evaluate(ModuleFiles.of(texts));
    }

    static ModuleView of(EvaluatedModule module) {
        Map<String, Resource> resources = new TreeMap<>();
        List<String> uncertain = new ArrayList<>();
        module.allResources()
                .filter(resource -> resource.mode() == EvaluatedResource.Mode.MANAGED)
                .forEach(resource -> {
                    resources.putIfAbsent(resource.address(), view(resource));
                    if (!resource.certain()) {
                        uncertain.add(resource.address());
                    }
                });
        return new ModuleView(
                resources, Moves.of(module), notes(module, uncertain), sensitive(module));
    }

    private static Resource view(EvaluatedResource resource) {
        TreeMap<String, Datum> values =
                new TreeMap<>(Evaluated.datum(resource.body().asValue()).members());
        List<Datum> provisioners = new ArrayList<>();
        for (EvaluatedBlock provisioner : resource.meta().provisioners()) {
            TreeMap<String, Datum> what =
                    new TreeMap<>(Evaluated.datum(provisioner.body().asValue()).members());
            what.put("type", new Datum.Text(String.join(" ", provisioner.labels())));
            provisioners.add(new Datum.Members(what));
        }
        if (!provisioners.isEmpty()) {
            values.put("provisioner", new Datum.Items(provisioners));
        }
        return new Resource(
                resource.address(),
                resource.type(),
                resource.name(),
                resource.meta().provider().orElse(""),
                new Datum.Members(values));
    }

    private static List<Datum> sensitive(EvaluatedModule module) {
        return module.modules()
                .flatMap(each -> each.variables().stream())
                .filter(EvaluatedModule.Variable::sensitive)
                .map(variable -> Evaluated.datum(variable.value()))
                .toList();
    }

    private static List<String> notes(EvaluatedModule module, List<String> uncertain) {
        List<String> notes = new ArrayList<>();
        if (!uncertain.isEmpty()) {
            notes.add(
                    "How many of these there will be is not known ("
                            + uncertain.size()
                            + "): "
                            + TextLines.list(uncertain, MAX_ADDRESSES)
                            + ".");
        }
        List<String> outside =
                module.modules()
                        .flatMap(each -> each.calls().stream())
                        .filter(call -> !call.local())
                        .map(EvaluatedModule.Call::address)
                        .toList();
        if (!outside.isEmpty()) {
            notes.add(
                    "What these modules from outside would create is not known ("
                            + outside.size()
                            + "): "
                            + TextLines.list(outside, MAX_ADDRESSES)
                            + ".");
        }
        long errors =
                module.allDiagnostics().stream()
                        .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
                        .count();
        if (errors > 0) {
            notes.add("Some of the files could not be evaluated (" + errors + " errors).");
        }
        return notes;
    }
}
