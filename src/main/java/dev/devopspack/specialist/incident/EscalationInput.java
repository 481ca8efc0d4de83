package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.Described;
import org.jspecify.annotations.Nullable;

/// Who is woken, as roles; each has a plain name where nobody says.
public record EscalationInput(
        @Described(value = "Acts first.", example = "Payments on-call") @Nullable String onCall,
        @Described(value = "Helps the first.", example = "Payments second on-call")
                @Nullable String secondary,
        @Described(value = "Leads and decides.", example = "Incident commander on duty")
                @Nullable String incidentCommander,
        @Described(value = "Knows the database.", example = "Database on-call")
                @Nullable String database,
        @Described(value = "Knows cluster, network and DNS.", example = "Platform on-call")
                @Nullable String platform,
        @Described(value = "Writes to users.", example = "Support lead on duty")
                @Nullable String communications,
        @Described(value = "Is told.", example = "Head of engineering")
                @Nullable String management) {}
