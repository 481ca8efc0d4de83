package dev.devopspack.policy;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelUnknownSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The value that cannot be known from the files, as CEL carries it: with its reason.
public final class Unknowns {

    private static final String GIVEN = "given";

    private Unknowns() {}

    /// @param why for example `var.name has no value`
    public static CelUnknownSet because(String why) {
        return CelUnknownSet.create(
                CelAttribute.create("value").qualify(CelAttribute.Qualifier.ofString(why)));
    }

    /// A value that is known to be given, although not what it is: an attribute that a resource
    /// exports, a text with unknown parts. It is never null.
    static CelUnknownSet given(String why) {
        return CelUnknownSet.create(
                CelAttribute.create(GIVEN).qualify(CelAttribute.Qualifier.ofString(why)));
    }

    /// The same of a text of which parts are known.
    ///
    /// @param partial with a stand-in for each part that is not
    static CelUnknownSet givenText(String why, String partial) {
        return CelUnknownSet.create(
                CelAttribute.create(GIVEN)
                        .qualify(CelAttribute.Qualifier.ofString(why))
                        .qualify(CelAttribute.Qualifier.ofString(partial)));
    }

    /// What is known of a text, with stand-ins; null where nothing is.
    static @Nullable String partialText(CelUnknownSet unknown) {
        if (unknown.attributes().size() != 1) {
            return null;
        }
        List<CelAttribute.Qualifier> parts = unknown.attributes().iterator().next().qualifiers();
        return parts.size() == 3 ? parts.get(2).asString() : null;
    }

    /// Whether the value is surely not null.
    static boolean isGiven(CelUnknownSet unknown) {
        return unknown.attributes().stream()
                .allMatch(attribute -> attribute.qualifiers().getFirst().asString().equals(GIVEN));
    }

    /// The first unknown in a value, however deep; null where all is known.
    static @Nullable CelUnknownSet in(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case CelUnknownSet unknown -> unknown;
            case List<?> list -> firstIn(list);
            case Map<?, ?> map -> firstIn(map.values());
            default -> null;
        };
    }

    static String why(CelUnknownSet unknown) {
        List<String> reasons =
                unknown.attributes().stream()
                        .flatMap(attribute -> attribute.qualifiers().stream().skip(1).limit(1))
                        .map(CelAttribute.Qualifier::asString)
                        .distinct()
                        .sorted()
                        .toList();
        return reasons.isEmpty() ? "the files do not say" : Shown.of(String.join("; ", reasons));
    }

    private static @Nullable CelUnknownSet firstIn(Iterable<?> values) {
        for (Object value : values) {
            CelUnknownSet unknown = in(value);
            if (unknown != null) {
                return unknown;
            }
        }
        return null;
    }
}
