package dev.devopspack.manager.route;

import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;

/// A capability that may be meant.
///
/// @param score the sum of what spoke for it
public record Candidate(Specialist specialist, Capability<?> capability, double score) {

    /// For example `devops_terraform/configuration_generation`.
    public String name() {
        return specialist.agent() + "/" + capability.name();
    }
}
