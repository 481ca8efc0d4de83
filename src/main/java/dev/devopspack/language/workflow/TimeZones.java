package dev.devopspack.language.workflow;

import java.time.ZoneId;

/// The names of time zones that the IANA keeps.
final class TimeZones {

    private TimeZones() {}

    static boolean isKnown(String name) {
        return ZoneId.getAvailableZoneIds().contains(name);
    }
}
