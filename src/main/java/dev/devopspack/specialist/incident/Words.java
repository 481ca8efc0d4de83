package dev.devopspack.specialist.incident;

import java.util.List;
import java.util.stream.Collectors;

/// Small phrases that several pages share.
final class Words {

    static final String TRY_FIRST = "Try first";

    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;

    private Words() {}

    static String title(Situation situation) {
        return "Runbook: " + situation.type().inSentence() + " of " + services(situation);
    }

    static String services(Situation situation) {
        return joined(situation.services().stream().map(s -> s.name().value()).toList());
    }

    /// `a`, `a and b`, `a, b and c`.
    static String joined(List<String> names) {
        int last = names.size() - 1;
        return last == 0
                ? names.getFirst()
                : names.stream().limit(last).collect(Collectors.joining(", "))
                        + " and "
                        + names.get(last);
    }

    static String time(int minutes) {
        if (minutes % DAY == 0) {
            return count(minutes / DAY, "day");
        }
        return minutes % HOUR == 0 ? count(minutes / HOUR, "hour") : count(minutes, "minute");
    }

    /// `every 30 minutes`, `every hour`.
    static String every(int minutes) {
        return minutes == HOUR ? "every hour" : "every " + time(minutes);
    }

    static String count(int number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    static String severityChange(Severity severity) {
        return switch (severity) {
            case CRITICAL ->
                    "Lower the severity only when users are served again for 30 minutes, and say so in"
                            + " the incident channel.";
            case HIGH ->
                    "Raise it to SEV1 when most users are affected, data is at risk, or nothing helped"
                            + " for an hour; lower it to SEV3 when there is a way around it.";
            case MEDIUM ->
                    "Raise it to SEV2 when a main function fails or users have no way around it any more.";
            case LOW -> "Raise it to SEV3 when the first user notices.";
        };
    }
}
