package dev.devopspack.review;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Masks the values of one resource, variable or output.
final class ValueMask {

    private static final Datum SECRET = new Datum.Flag(true);

    private final Secrets secrets;

    ValueMask(Secrets secrets) {
        this.secrets = secrets;
    }

    /// Values that nothing marks: what is known by its name or already known as a secret goes.
    Datum plain(Datum value) {
        return mask("", value, Datum.Nothing.VALUE);
    }

    /// Values that only stand for themselves; see [#mask(String, Datum, Datum, Other)].
    Datum mask(String type, Datum value, Datum flags) {
        return mask(type, value, flags, Other.NONE);
    }

    /// @param type the resource's type; empty where there is none
    /// @param flags a tree of flags as plans keep what is sensitive
    /// @param other the same value at the other side of a change: what is sensitive on one side is
    ///   so on both, and the later one's mark tells whether it differs
    Datum mask(String type, Datum value, Datum flags, Other other) {
        if (isMark(value)) {
            return new Datum.Masked(value.equals(new Datum.Text(Marks.SENSITIVE_CHANGED)));
        }
        if (flags.isTrue() || other.flags().isTrue()) {
            secrets.learn(value);
            return mark(value, other);
        }
        return switch (value) {
            case Datum.Members members -> members(type, members, flags, other);
            case Datum.Items items -> {
                List<Datum> result = new ArrayList<>();
                for (int i = 0; i < items.list().size(); i++) {
                    result.add(mask(type, items.list().get(i), flags.at(i), other.at(i)));
                }
                yield new Datum.Items(result);
            }
            case Datum.Text text -> scrubbed(text, other);
            default -> value;
        };
    }

    private Datum members(String type, Datum.Members members, Datum flags, Other other) {
        TreeMap<String, Datum> result = new TreeMap<>();
        members.map()
                .forEach((name, member) -> {
                    boolean byName =
                            !(member instanceof Datum.Flag)
                                    && SecretNames.KNOWN.isSecret(type, name);
                    Datum flag = byName ? SECRET : flags.at(name);
                    result.put(name, mask("", member, flag, other.at(name)));
                });
        return new Datum.Members(result);
    }

    private Datum scrubbed(Datum.Text text, Other other) {
        if (secrets.isIn(other.value())) {
            secrets.learn(text);
            return mark(text, other);
        }
        Datum result = secrets.scrub(text);
        return result.equals(text) || !other.differsFrom(text) ? result : mark(text, other);
    }

    /// What is not there stays so.
    private static Datum mark(Datum value, Other other) {
        return value.isNothing()
                ? value
                : new Datum.Masked(other.earlier() && other.differsFrom(value));
    }

    /// A mark from an earlier masking.
    private static boolean isMark(Datum value) {
        return value instanceof Datum.Text text && Secrets.isMark(text.value());
    }

    /// The value at the other side of a change.
    ///
    /// @param flags what is sensitive there
    /// @param earlier whether it is the one before
    record Other(Datum value, Datum flags, boolean earlier) {

        static final Other NONE = new Other(Datum.Nothing.VALUE, Datum.Nothing.VALUE, false);

        Other at(String name) {
            return new Other(value.at(name), flags.at(name), earlier);
        }

        Other at(int index) {
            return new Other(value.at(index), flags.at(index), earlier);
        }

        boolean differsFrom(Datum here) {
            return !value.isNothing() && !value.equals(here);
        }
    }
}
