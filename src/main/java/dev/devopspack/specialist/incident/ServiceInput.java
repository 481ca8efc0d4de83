package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.Described;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One service of a {@link RunbookInput} where more is known than its name.
public record ServiceInput(
        @Described(value = "What people call it.", example = "payments-api") String name,
        @Described("Where it runs; kubernetes where nobody says.") @Nullable Platform platform,
        @Described(value = "Kubernetes: its namespace.", example = "payments")
                @Nullable String namespace,
        @Described(
                        value = "Kubernetes: kind and name; deployment/NAME where nobody says.",
                        example = "statefulset/payments-api")
                @Nullable String workload,
        @Described(
                        value = "systemd: its unit; NAME.service where nobody says.",
                        example = "api.service")
                @Nullable String unit,
        @Described(value = "The name under which clients reach it.", example = "api.example.com")
                @Nullable String host,
        @Described("The engine of the database that it is or uses.") @Nullable Engine database,
        @Described("Managed database: who runs it.") @Nullable Provider provider,
        @Described(value = "Managed database: the instance's name.", example = "payments-prod")
                @Nullable String instance,
        @Described(value = "The role that owns it.", example = "Payments on-call")
                @Nullable String owner,
        @Described("Links to its dashboards: URLs, or objects with title and url.")
                @Nullable List<Object> dashboards,
        @Described("Links to its alerts: URLs, or objects with title and url.")
                @Nullable List<Object> alerts) {}
