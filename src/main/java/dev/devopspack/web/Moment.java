package dev.devopspack.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// A time as a person reads it: how far away, and exactly in UTC.
///
/// @param relative for example `4 min ago` or `in 2 h`
/// @param utc for example `2026-07-14 10:12:03 UTC`
/// @param iso for the machine
record Moment(String relative, String utc, String iso) {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    static Moment of(Instant at, Instant now) {
        return new Moment(
                relative(Duration.between(now, at)),
                UTC.format(at),
                at.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /// The script `app.js` says the same words, so that a page that stays open stays true.
    private static String relative(Duration distance) {
        boolean past = distance.isNegative() || distance.isZero();
        Duration length = distance.abs();
        if (length.compareTo(Duration.ofMinutes(1)) < 0) {
            return past ? "just now" : "in a moment";
        }
        String text = inLargestUnit(length);
        return past ? text + " ago" : "in " + text;
    }

    /// For example `11 min`; below a minute in seconds.
    static String length(Duration length) {
        return length.toMinutes() == 0 ? length.toSeconds() + " s" : inLargestUnit(length);
    }

    private static String inLargestUnit(Duration length) {
        if (length.toDays() > 0) {
            return length.toDays() + " d";
        }
        return length.toHours() > 0 ? length.toHours() + " h" : length.toMinutes() + " min";
    }
}
