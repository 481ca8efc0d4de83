package dev.devopspack.specialist.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service of a runbook.
record Service(
        ServiceName name,
        Place place,
        @Nullable HostName host,
        @Nullable RoleName owner,
        List<WebLink> dashboards,
        List<WebLink> alerts) {

    Service {
        dashboards = List.copyOf(dashboards);
        alerts = List.copyOf(alerts);
    }
}
