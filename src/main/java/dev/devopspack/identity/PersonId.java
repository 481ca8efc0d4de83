package dev.devopspack.identity;

import dev.devopspack.task.InvalidInput;
import java.util.UUID;

/// The id of a person: stays the same when the name changes.
public record PersonId(UUID value) {

    public static PersonId parse(String text) {
        try {
            return new PersonId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    "person", "this is no person's id", "Use the id from the list of people.");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
