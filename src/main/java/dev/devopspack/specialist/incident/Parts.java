package dev.devopspack.specialist.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Puts the parts of a playbook together: the services in the caller's order, then the database.
final class Parts {

    private static final String HOW =
            "The blocks sign in with the password that `~/.pgpass` or `~/.my.cnf` holds: use a role that"
                    + " may only read statistics (`pg_monitor` in PostgreSQL, `PROCESS` in MySQL). What ends"
                    + " or removes something signs in as another one: `DB_ADMIN` in PostgreSQL, the group"
                    + " `[client_admin]` of `~/.my.cnf` in MySQL.";

    private Parts() {}

    /// @param workload a service that is no database
    /// @param database looks and steps at a database
    static List<Part> of(
            Situation situation,
            Function<Service, Looks> workload,
            Function<Database, Looks> database) {
        List<Part> parts = new ArrayList<>(services(situation, workload, database));
        if (!situation.hasManagedDatabase()) {
            Looks steps = database.apply(situation.database());
            parts.add(
                    Part.dependency(
                            "database",
                            "Database (" + situation.database().engine().title() + ")",
                            note(situation),
                            steps.checks(),
                            steps.mitigations()));
        }
        return parts;
    }

    /// The services alone, where the kind of incident is not about the database they use.
    static List<Part> services(
            Situation situation,
            Function<Service, Looks> workload,
            Function<Database, Looks> database) {
        return situation.services().stream()
                .map(service -> {
                    Looks steps =
                            service.place() instanceof Place.Managed managed
                                    ? database.apply(managed.database())
                                    : workload.apply(service);
                    String note = service.place() instanceof Place.Managed ? HOW : "";
                    return Part.of(service, note, steps.checks(), steps.mitigations());
                })
                .toList();
    }

    private static String note(Situation situation) {
        return (situation.givenDatabase() == null
                        ? "Nobody said which database the services use: these blocks are for PostgreSQL."
                        : "What the services depend on.")
                + " "
                + HOW;
    }
}
