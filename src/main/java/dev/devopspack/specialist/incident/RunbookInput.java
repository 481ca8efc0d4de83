package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.Described;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `runbook_generation` is asked with.
///
/// @param incidentType asked back where it is missing
/// @param services each a name, or an object with the fields of {@link ServiceInput}; asked back
///   where there is none
/// @param severity read by {@link Severity#of}; `high` where nobody said
public record RunbookInput(
        @Described("What goes wrong; `general` where no other fits.")
                @Nullable IncidentType incidentType,
        @Described("The services that fail: each a name, or an object that says where it runs.")
                @Nullable List<Object> services,
        @Described(
                        value = "critical, high, medium or low; sev1 to sev4 and p1 to p4 as well.",
                        example = "high")
                @Nullable String severity,
        @Described("The database that the services use, where it is none of them.")
                @Nullable DatabaseInput database,
        @Described("The queue that fills, for queue_backlog.") @Nullable QueueInput queue,
        @Described("Who is woken, as roles. Whom a role means is the on-call schedule's answer.")
                @Nullable EscalationInput escalation,
        @Described("Links to dashboards: URLs, or objects with title and url.")
                @Nullable List<Object> dashboards,
        @Described("Links to alerts: URLs, or objects with title and url.")
                @Nullable List<Object> alerts) {}
