package dev.devopspack.manager;

import dev.devopspack.manager.route.Route;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import java.util.Optional;

/// Who does a task.
sealed interface Destination {

    /// @param by how plain language led here; none where the task itself named the capability
    record Found(Specialist specialist, Capability<?> capability, Optional<Route.Chosen> by)
            implements Destination {}

    /// Two may be meant, or nothing was understood: the caller is asked.
    record AskBack(RunResult question) implements Destination {}
}
