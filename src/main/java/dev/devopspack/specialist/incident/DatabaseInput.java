package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.Described;
import org.jspecify.annotations.Nullable;

/// The database of a {@link RunbookInput}.
public record DatabaseInput(
        @Described("Its engine; postgresql where nobody says.") @Nullable Engine engine,
        @Described(value = "The host that clients connect to.", example = "db.internal.example.com")
                @Nullable String host,
        @Described("Who runs it, where it is a managed one.") @Nullable Provider provider,
        @Described(value = "The name that the provider knows it by.", example = "payments-prod")
                @Nullable String instance,
        @Described(value = "The role that owns it.", example = "Database on-call")
                @Nullable String owner) {}
