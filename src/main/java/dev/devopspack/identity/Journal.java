package dev.devopspack.identity;

import java.util.Map;

/// Where this package says what happened. What implements it appends to the audit log, inside the
/// caller's transaction.
public interface Journal {

    /// @param kind for example `person.enrolled`
    /// @param personal fields about a person, kept apart so that they can be erased
    void record(String kind, String actor, Map<String, String> facts, Map<String, String> personal);
}
