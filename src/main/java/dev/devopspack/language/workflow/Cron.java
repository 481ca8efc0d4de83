package dev.devopspack.language.workflow;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The five fields of a schedule.
///
/// @see <a
///   href="https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule">schedule</a>
final class Cron {

    /// GitHub starts nothing more often.
    private static final int LEAST_MINUTES = 5;

    private static final int MINUTES = 60;

    private enum Field {
        MINUTE("minute", 0, 59, List.of()),
        HOUR("hour", 0, 23, List.of()),
        DAY("day of the month", 1, 31, List.of()),
        MONTH(
                "month",
                1,
                12,
                List.of(
                        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                        "dec")),
        WEEKDAY("day of the week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

        private final String shown;
        private final int least;
        private final int most;
        private final List<String> names;

        Field(String shown, int least, int most, List<String> names) {
            this.shown = shown;
            this.least = least;
            this.most = most;
            this.names = names;
        }
    }

    private Cron() {}

    /// What is wrong with a schedule, if something is.
    static Optional<String> problem(String schedule) {
        String[] fields = schedule.strip().split("[ \\t]+", -1);
        if (fields.length != Field.values().length) {
            return Optional.of(
                    "a schedule has five fields (minute, hour, day of the month, month, day of the"
                            + " week), not "
                            + fields.length);
        }
        BitSet minutes = new BitSet();
        for (Field field : Field.values()) {
            BitSet values = new BitSet();
            Optional<String> problem = read(field, fields[field.ordinal()], values);
            if (problem.isPresent()) {
                return problem;
            }
            if (field == Field.MINUTE) {
                minutes = values;
            }
        }
        int gap = smallestGap(minutes);
        return gap < LEAST_MINUTES
                ? Optional.of(
                        "the schedule would start every "
                                + (gap == 1 ? "minute" : gap + " minutes")
                                + "; GitHub starts at most every 5 minutes")
                : Optional.empty();
    }

    private static int smallestGap(BitSet minutes) {
        int smallest = MINUTES;
        for (int one = minutes.nextSetBit(0); one >= 0; one = minutes.nextSetBit(one + 1)) {
            int next = minutes.nextSetBit(one + 1);
            if (next > 0) {
                smallest = Math.min(smallest, next - one);
            }
        }
        return smallest;
    }

    private static Optional<String> read(Field field, String text, BitSet into) {
        for (String part : text.split(",", -1)) {
            if (!readPart(field, part.toLowerCase(Locale.ROOT), into)) {
                return Optional.of(
                        "'"
                                + part
                                + "' is no "
                                + field.shown
                                + "; it takes "
                                + field.least
                                + " to "
                                + field.most
                                + ", ranges such as 1-5, steps such as */5 and lists of them");
            }
        }
        return Optional.empty();
    }

    /// `*`, `5`, `1-5`, each also with `/2`.
    private static boolean readPart(Field field, String part, BitSet into) {
        String[] steps = part.split("/", -1);
        if (steps.length > 2) {
            return false;
        }
        int step = steps.length == 2 ? number(steps[1]) : 1;
        String[] range = steps[0].split("-", -1);
        boolean every = steps[0].equals("*") || steps[0].equals("?");
        int from = every ? field.least : value(field, range[0]);
        int until = every ? field.most : range.length == 1 ? from : value(field, range[1]);
        if (!every && range.length == 1 && steps.length == 2) {
            until = field.most;
        }
        boolean valid =
                step >= 1
                        && (every || range.length <= 2)
                        && from >= field.least
                        && until <= field.most
                        && from <= until;
        for (int i = from; valid && i <= until; i += step) {
            into.set(i);
        }
        return valid;
    }

    private static int value(Field field, String text) {
        int named = field.names.indexOf(text);
        return named >= 0 ? named + (field == Field.MONTH ? 1 : 0) : number(text);
    }

    /// -1 where it is none that can be meant.
    private static int number(String text) {
        boolean digits =
                !text.isEmpty()
                        && text.length() <= 2
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }
}
