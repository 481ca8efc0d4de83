package dev.devopspack.approval.act;

import dev.devopspack.approval.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// The last day on which something that was signed counts, in UTC.
public final class LastDay {

    private LastDay() {}

    /// Why this day cannot be chosen; nothing where it can.
    ///
    /// @param longestDays how many days after today it may be
    public static Optional<Refusal> barred(LocalDate day, int longestDays, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate latest = today.plusDays(longestDays);
        return day.isBefore(today) || day.isAfter(latest)
                ? Optional.of(
                        new Refusal(
                                Refusal.Code.BAD_INPUT,
                                "the last day "
                                        + day
                                        + " is past or more than "
                                        + longestDays
                                        + " days away",
                                "Choose a day until " + latest + "."))
                : Optional.empty();
    }

    /// From when on it does not count any more.
    public static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
