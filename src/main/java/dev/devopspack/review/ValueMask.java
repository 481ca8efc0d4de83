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
        return mask("", value, Datum.NOTHING, Datum.NOTHING);
    }

    /// @param type the resource's type; empty where there is none
    /// @param flags a tree of flags as plans keep what is sensitive
    /// @param before what the value was: a mark tells whether it differs; [Datum.Nothing] where it
    ///   was not there
    Datum mask(String type, Datum value, Datum flags, Datum before) {
        if (flags.isTrue()) {
            secrets.learn(value);
            return mark(value, before);
        }
        return switch (value) {
            case Datum.Members members -> {
                TreeMap<String, Datum> result = new TreeMap<>();
                members.map()
                        .forEach((name, member) -> {
                            Datum flag = flags.at(name);
                            boolean byName =
                                    !(member instanceof Datum.Flag)
                                            && SecretNames.KNOWN.isSecret(type, name);
                            result.put(
                                    name,
                                    mask("", member, byName ? SECRET : flag, before.at(name)));
                        });
                yield new Datum.Members(result);
            }
            case Datum.Items items -> {
                List<Datum> result = new ArrayList<>();
                for (int i = 0; i < items.list().size(); i++) {
                    result.add(mask(type, items.list().get(i), flags.at(i), before.at(i)));
                }
                yield new Datum.Items(result);
            }
            case Datum.Text text -> scrubbed(text, before);
            default -> value;
        };
    }

    private Datum scrubbed(Datum.Text text, Datum before) {
        Datum result = secrets.scrub(text);
        boolean hidesChange = !result.equals(text) && !before.isNothing() && !before.equals(text);
        return hidesChange ? mark(text, before) : result;
    }

    /// What is not there, or is a mark from an earlier masking, stays what it is.
    private static Datum mark(Datum value, Datum before) {
        if (value.isNothing()) {
            return value;
        }
        if (value.equals(new Datum.Text(Marks.SENSITIVE_CHANGED))) {
            return new Datum.Masked(true);
        }
        return new Datum.Masked(!before.isNothing() && !before.equals(value));
    }
}
