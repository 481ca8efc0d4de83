package dev.devopspack.audit;

import java.text.Normalizer;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What is to be remembered of one event.
///
/// Texts are kept in Unicode normal form C; half a character becomes U+FFFD, so that every reader
/// of the leaf sees the same bytes.
///
/// @param kind what happened, for example `change_set.stored` or `approval.decided`
/// @param actor who did it: `person:ID`, `token:ID`, `workload:ID` or `system`
/// @param facts what it was about, names to short texts, for example `changeSet`, `digest`,
///   `environment`
/// @param personal fields about a person (a display name, a user agent): the leaf holds only a
///   salted commitment to each, so that the clear text can be erased without breaking a proof
public record AuditEntry(
        String kind, String actor, Map<String, String> facts, Map<String, String> personal) {

    private static final Pattern KIND = Pattern.compile("[a-z_]{1,40}(\\.[a-z_]{1,40}){1,3}");
    private static final Pattern ACTOR =
            Pattern.compile("system|(person|token|workload):[-A-Za-z0-9_]{1,100}");
    private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9_.-]{0,59}");

    /// A fact is a name, a number or a sentence, no document.
    public static final int MAX_FACT_LENGTH = 4_000;

    private static final int MAX_FACTS = 60;

    public AuditEntry {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("'" + kind + "' is no kind of entry");
        }
        if (!ACTOR.matcher(actor).matches()) {
            throw new IllegalArgumentException("the actor of " + kind + " is no actor");
        }
        facts = checked(kind, facts);
        personal = checked(kind, personal);
    }

    public static AuditEntry of(String kind, String actor, Map<String, String> facts) {
        return new AuditEntry(kind, actor, facts, Map.of());
    }

    private static Map<String, String> checked(String kind, Map<String, String> fields) {
        if (fields.size() > MAX_FACTS) {
            throw new IllegalArgumentException("there are too many facts for one entry of " + kind);
        }
        Map<String, String> checked = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (!FIELD.matcher(name).matches()) {
                throw new IllegalArgumentException("a fact of " + kind + " has no plain name");
            }
            String text = Normalizer.normalize(whole(value), Normalizer.Form.NFC);
            if (text.length() > MAX_FACT_LENGTH) {
                throw new IllegalArgumentException(
                        "the fact " + name + " of " + kind + " is too large for an entry");
            }
            checked.put(name, text);
        });
        return Map.copyOf(checked);
    }

    /// PostgreSQL's texts hold no NUL, JSON's hold no half character.
    private static String whole(String text) {
        if (text.codePoints().noneMatch(AuditEntry::unwritable)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(c -> unwritable(c) ? 0xFFFD : c).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean unwritable(int c) {
        return c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
