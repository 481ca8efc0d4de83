package dev.devopspack.specialist.incident;

import java.util.List;

/// What is looked at and done in one place.
record Looks(List<Check> checks, List<Mitigation> mitigations) {
    Looks {
        checks = List.copyOf(checks);
        mitigations = List.copyOf(mitigations);
    }
}
