package dev.devopspack.manager.run;

import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// The id of a run, for example `run-qybnqdcbbdln6xrm`.
public record RunId(String value) {

    /// Letters and digits of 5 random bits each.
    public static final int RANDOM_LENGTH = 16;

    private static final String PREFIX = "run-";
    private static final Pattern SHAPE = Pattern.compile("run-[a-z2-7]{16}");

    public RunId {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "run_id", "this is no run's id", "Use the id from the answer that started it.");
        }
    }

    /// @param random {@link #RANDOM_LENGTH} letters and digits
    public static RunId of(String random) {
        return new RunId(PREFIX + random);
    }

    @Override
    public String toString() {
        return value;
    }
}
