package dev.devopspack.change;

import dev.devopspack.task.InvalidInput;
import java.util.Locale;
import java.util.regex.Pattern;

/// The e-mail address that a commit names its author by, in lower case.
public record CommitAuthor(String value) {

    private static final Pattern SHAPE =
            Pattern.compile("[a-z0-9.!#$%&'*+/=?^_`{|}~\\[\\]-]{1,64}@[a-z0-9.-]{1,190}");

    public CommitAuthor {
        value = value.strip().toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "authors",
                    "this is no e-mail address of a commit's author",
                    "Give what git log --format=%ae prints, for example ada@example.com.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
