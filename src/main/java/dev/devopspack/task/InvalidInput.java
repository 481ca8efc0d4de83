package dev.devopspack.task;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a caller gave cannot be used. Says what is wrong, where, and what to type next.
///
/// The message never holds a secret's value: a caller of this type passes names and positions only.
public class InvalidInput extends RuntimeException {

    private final String where;
    private final String problem;
    private final String mend;
    private final @Nullable String example;

    /// @param where a JSON pointer (`/input/resources/0/name`), `file:line:column` or a field's
    ///   name
    /// @param problem the fact, with the value that caused it in quotes where it is no secret
    /// @param mend the next thing to type
    public InvalidInput(String where, String problem, String mend) {
        this(where, problem, mend, null);
    }

    /// @param example a filled example of what would be accepted, in the caller's own format
    public InvalidInput(String where, String problem, String mend, @Nullable String example) {
        super(where + ": " + problem + ". " + mend);
        this.where = Objects.requireNonNull(where);
        this.problem = Objects.requireNonNull(problem);
        this.mend = Objects.requireNonNull(mend);
        this.example = example;
    }

    public String where() {
        return where;
    }

    public String problem() {
        return problem;
    }

    public String mend() {
        return mend;
    }

    public @Nullable String example() {
        return example;
    }

    /// The same refusal seen from further out: `prefix` is put before the place.
    public InvalidInput within(String prefix) {
        return new InvalidInput(prefix + where, problem, mend, example);
    }

    /// The same refusal where an example would only distract: there is nothing to fill in.
    public InvalidInput withoutExample() {
        return new InvalidInput(where, problem, mend);
    }
}
