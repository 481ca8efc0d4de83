package dev.devopspack.specialist.incident;

/// What a command does to the system it is run on.
enum Effect {
    /// Only looks. The one effect that triage and verification may have.
    READ_ONLY,
    /// Changes what runs; what it changes can be put back.
    CHANGES_STATE,
    /// Ends sessions, drops work in progress or deletes: nothing puts that back.
    DESTRUCTIVE;

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
