package dev.devopspack.specialist.incident;

import java.util.List;
import java.util.Optional;

/// What is looked at and done at one service, or at what the services depend on.
///
/// @param file where its steps are printed, for example `services/api.md`
/// @param slug stands in the names of its blocks
/// @param title its heading
/// @param service the service that it is about; none for a dependency
/// @param note what to know before its commands are run; empty where there is nothing
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
        mitigations = List.copyOf(mitigations);
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
