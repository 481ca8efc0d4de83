package dev.devopspack.adapter.database;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Instants as PostgreSQL keeps them.
final class Moments {

    private Moments() {}

    /// To the microsecond, so that what is returned now equals what is read later.
    static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
