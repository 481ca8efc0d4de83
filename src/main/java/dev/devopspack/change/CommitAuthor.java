package dev.devopspack.change;

import dev.devopspack.task.InvalidInput;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /// Each of a caller's list once, whatever its case.
    ///
    /// @throws InvalidInput if one is no address
    public static Set<CommitAuthor> of(List<? extends @Nullable String> addresses) {
        Set<CommitAuthor> authors = new HashSet<>();
        for (String address : addresses) {
            authors.add(new CommitAuthor(address == null ? "" : address));
        }
        return authors;
    }

    @Override
    public String toString() {
        return value;
    }
}
