package dev.devopspack.specialist.incident;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a runbook is written for: the task, read and checked.
///
/// @param givenDatabase the database the services use, where the caller told of one
/// @param assumptions what nobody said and what is taken instead
record Situation(
        IncidentType type,
        Severity severity,
        List<Service> services,
        @Nullable Database givenDatabase,
        @Nullable Queue queue,
        Contacts contacts,
        List<WebLink> dashboards,
        List<WebLink> alerts,
        List<String> assumptions) {

    Situation {
        services = List.copyOf(services);
        dashboards = List.copyOf(dashboards);
        alerts = List.copyOf(alerts);
        assumptions = List.copyOf(assumptions);
    }

    /// Whether one of the services is the database itself.
    boolean hasManagedDatabase() {
        return services.stream().anyMatch(service -> service.place() instanceof Place.Managed);
    }

    /// The database that is no service of its own here: the one given, or PostgreSQL.
    Database database() {
        return Optional.ofNullable(givenDatabase)
                .orElse(new Database(Engine.POSTGRESQL, null, null, null));
    }
}
