package dev.devopspack.review;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The managed resources of an evaluated root module with their values in clear: for comparing
/// only.
///
/// @param folder of the root module; empty for the top
/// @param resources by address as Terraform knows it in that folder, sorted
/// @param moves the `moved`, `removed` and `import` blocks of all modules
/// @param uncertain resources of which it is not known how many there will be
/// @param outside calls of modules whose files are not there
/// @param errors how much could not be evaluated
/// @param sensitive what sensitive variables hold
record ModuleView(
        String folder,
        Map<String, Resource> resources,
        Moves moves,
        List<String> uncertain,
        List<String> outside,
        long errors,
        List<Datum> sensitive) {

    static final ModuleView NONE =
            new ModuleView("", Map.of(), Moves.NONE, List.of(), List.of(), 0, List.of());

    /// Addresses beside a note; the list of changes holds all.
    private static final int MAX_ADDRESSES = 8;

    /// @param provider as written, such as `aws.east`; empty where none is
    record Resource(String address, String type, String name, String provider, Datum values) {}

    /// The address of what stands in a root module below the top: the folder stands before it,
    /// since each root module has addresses of its own.
    static String address(String folder, String address) {
        return folder.isEmpty() ? address : folder + ":" + address;
    }

    static ModuleView of(EvaluatedModule module, String folder) {
        Map<String, Resource> resources = new TreeMap<>();
        List<String> uncertain = new ArrayList<>();
        module.allResources()
                .filter(resource -> resource.mode() == EvaluatedResource.Mode.MANAGED)
                .forEach(resource -> {
                    resources.putIfAbsent(resource.address(), view(resource));
                    if (!resource.certain()) {
                        uncertain.add(address(folder, resource.address()));
                    }
                });
        List<String> outside =
                module.modules()
                        .flatMap(each -> each.calls().stream())
                        .filter(call -> !call.local())
                        .map(call -> address(folder, call.address()))
                        .toList();
        long errors =
                module.allDiagnostics().stream()
                        .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
                        .count();
        return new ModuleView(
                folder,
                resources,
                Moves.of(module),
                List.copyOf(uncertain),
                outside,
                errors,
                sensitive(module));
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

    /// What a reader must know of the root modules of a change set, one sentence each.
    static List<String> notes(Collection<ModuleView> views) {
        List<String> notes = new ArrayList<>();
        List<String> uncertain = views.stream().flatMap(view -> view.uncertain().stream()).toList();
        if (!uncertain.isEmpty()) {
            notes.add(
                    "How many of these there will be is not known ("
                            + uncertain.size()
                            + "): "
                            + TextLines.list(uncertain, MAX_ADDRESSES)
                            + ".");
        }
        List<String> outside = views.stream().flatMap(view -> view.outside().stream()).toList();
        if (!outside.isEmpty()) {
            notes.add(
                    "What these modules from outside would create is not known ("
                            + outside.size()
                            + "): "
                            + TextLines.list(outside, MAX_ADDRESSES)
                            + ".");
        }
        long errors = views.stream().mapToLong(ModuleView::errors).sum();
        if (errors > 0) {
            notes.add("Some of the files could not be evaluated (" + errors + " errors).");
        }
        return notes;
    }
}
