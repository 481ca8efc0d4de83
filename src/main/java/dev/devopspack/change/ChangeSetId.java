package dev.devopspack.change;

import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// The handle of a change set: `cs-` and 16 characters of its digest in base 32.
public record ChangeSetId(String value) {

    private static final Pattern SHAPE = Pattern.compile("cs-[a-z2-7]{16}");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /// Letters and digits that cannot be taken for one another when they are read aloud.
    private static final String SPOKEN = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public ChangeSetId {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "change_set_id",
                    "this is no change set's id",
                    "Use the id from the answer that made it: cs- and 16 characters.");
        }
    }

    public static ChangeSetId of(Digest digest) {
        return new ChangeSetId("cs-" + letters(digest, 16, ALPHABET));
    }

    /// Five characters that people can compare by voice, for example `K7-QF2`.
    public static String code(Digest digest) {
        String letters = letters(digest, 5, SPOKEN);
        return letters.substring(0, 2) + "-" + letters.substring(2);
    }

    private static String letters(Digest digest, int count, String alphabet) {
        byte[] bytes = digest.bytes();
        StringBuilder out = new StringBuilder(count);
        int bits = 0;
        int held = 0;
        int next = 0;
        while (out.length() < count) {
            if (held < 5) {
                bits = (bits << 8 | (bytes[next++] & 0xff)) & 0xffff;
                held += 8;
            }
            held -= 5;
            out.append(alphabet.charAt(bits >> held & 31));
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
