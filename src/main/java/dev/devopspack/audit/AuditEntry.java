package dev.devopspack.audit;

import java.util.Map;
import java.util.regex.Pattern;

/// What is to be remembered of one event.
///
/// @param kind what happened, for example `change_set.stored` or `approval.decided`
/// @param actor who did it: `person:ID`, `token:ID` or `system`
/// @param facts what it was about, names to short texts, for example `changeSet`, `digest`,
///   `environment`
/// @param personal fields about a person (a display name, a user agent): the leaf holds only a
///   salted commitment to each, so that the clear text can be erased without breaking a proof
public record AuditEntry(
        String kind, String actor, Map<String, String> facts, Map<String, String> personal) {

    private static final Pattern KIND = Pattern.compile("[a-z_]{1,40}(\\.[a-z_]{1,40}){1,3}");

    /// A fact is a name, a number or a sentence, no document.
    private static final int MAX_FACT_LENGTH = 4_000;

    private static final int MAX_FACTS = 60;

    public AuditEntry {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("'" + kind + "' is no kind of entry");
        }
        facts = Map.copyOf(facts);
        personal = Map.copyOf(personal);
        if (facts.size() > MAX_FACTS
                || facts.values().stream().anyMatch(fact -> fact.length() > MAX_FACT_LENGTH)) {
            throw new IllegalArgumentException(
                    "the facts of " + kind + " are too large for an entry");
        }
    }

    public static AuditEntry of(String kind, String actor, Map<String, String> facts) {
        return new AuditEntry(kind, actor, facts, Map.of());
    }
}
