package dev.devopspack.specialist.incident;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is looked at and done at one service, or at what the services depend on.
///
/// @param file where its steps are printed, for example `services/api.md`
/// @param slug stands in the names of its blocks
/// @param title its heading
/// @param service the service that it is about; none for a dependency
/// @param note what to know before its commands are run; empty where there is nothing
/// @param mitigations in the order in which they are worth trying; what cannot be undone comes last
record Part(
        String file,
        String slug,
        String title,
        Optional<Service> service,
        String note,
        List<Check> checks,
        List<Mitigation> mitigations) {

    Part {
        checks = List.copyOf(checks);
        mitigations =
                mitigations.stream()
                        .sorted(Comparator.comparing(Part::destroys, Boolean::compare))
                        .toList();
    }

    private static boolean destroys(Mitigation mitigation) {
        return mitigation.command().effect() == Effect.DESTRUCTIVE;
    }

    /// @param note what to know before its commands are run; empty where there is nothing
    static Part of(Service service, String note, List<Check> checks, List<Mitigation> mitigations) {
        return new Part(
                "services/" + service.name().slug() + ".md",
                service.name().slug(),
                service.name().value(),
                Optional.of(service),
                note,
                checks,
                mitigations);
    }

    /// @param name `database`, `queue`, …
    /// @param note what to know before its commands are run
    static Part dependency(
            String name,
            String title,
            String note,
            List<Check> checks,
            List<Mitigation> mitigations) {
        return new Part(
                "dependencies/" + name + ".md",
                "shared-" + name,
                title,
                Optional.empty(),
                note,
                checks,
                mitigations);
    }
}
