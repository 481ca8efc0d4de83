package dev.devopspack.review;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Lays a tree of flags over a tree of values, as plans keep what is unknown.
final class Overlay {

    private Overlay() {}

    /// The values with [Datum.Unknown] where the flags are true.
    static Datum unknown(Datum value, Datum flags) {
        return switch (flags) {
            case Datum.Flag flag -> flag.value() ? Datum.Unknown.WHOLE : value;
            case Datum.Members members when canHoldMembers(value) -> {
                TreeMap<String, Datum> result = new TreeMap<>(value.members());
                members.map()
                        .forEach((name, below) -> {
                            Datum laid = unknown(value.at(name), below);
                            if (!laid.isNothing() || result.containsKey(name)) {
                                result.put(name, laid);
                            }
                        });
                yield value.isNothing() && result.isEmpty() ? value : new Datum.Members(result);
            }
            case Datum.Items items when canHoldItems(value) -> {
                List<Datum> result = new ArrayList<>(value.items());
                for (int i = 0; i < items.list().size(); i++) {
                    Datum laid = unknown(value.at(i), items.list().get(i));
                    if (i < result.size()) {
                        result.set(i, laid);
                    } else if (!laid.isNothing()) {
                        result.add(laid);
                    }
                }
                yield value.isNothing() && result.isEmpty() ? value : new Datum.Items(result);
            }
            default -> value;
        };
    }

    private static boolean canHoldMembers(Datum value) {
        return value instanceof Datum.Members || value.isNothing();
    }

    private static boolean canHoldItems(Datum value) {
        return value instanceof Datum.Items || value.isNothing();
    }
}
