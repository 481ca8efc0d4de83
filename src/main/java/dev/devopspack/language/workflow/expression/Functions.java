package dev.devopspack.language.workflow.expression;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The functions of the expression language.
///
/// @see <a
///   href="https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#functions">Functions</a>
final class Functions {

    private static final int ANY_NUMBER = 255;

    /// What an argument may be.
    enum Wants {
        ANYTHING,
        SCALAR,
        LIST_OR_SCALAR
    }

    /// @param name as GitHub spells it
    /// @param wants what the arguments are; the last counts for all that follow
    record Function(String name, int least, int most, List<Wants> wants, Type gives) {

        Wants wants(int index) {
            return wants.get(Math.min(index, wants.size() - 1));
        }
    }

    /// These look at how the job went so far, so that they stand only in conditions.
    private static final Set<String> STATUS = Set.of("success", "always", "cancelled", "failure");

    private static final Map<String, Function> ALL = new TreeMap<>();

    static {
        Type bool = Type.BOOL;
        Type text = Type.TEXT;
        add("contains", 2, 2, bool, Wants.LIST_OR_SCALAR, Wants.ANYTHING);
        add("startsWith", 2, 2, bool, Wants.SCALAR);
        add("endsWith", 2, 2, bool, Wants.SCALAR);
        add("format", 1, ANY_NUMBER, text, Wants.SCALAR, Wants.ANYTHING);
        add("join", 1, 2, text, Wants.LIST_OR_SCALAR, Wants.SCALAR);
        add("toJSON", 1, 1, text, Wants.ANYTHING);
        add("fromJSON", 1, 1, Type.ANY, Wants.SCALAR);
        add("hashFiles", 1, ANY_NUMBER, text, Wants.SCALAR);
        add("case", 3, ANY_NUMBER, Type.ANY, Wants.ANYTHING);
        add("success", 0, ANY_NUMBER, bool, Wants.SCALAR);
        add("always", 0, 0, bool, Wants.SCALAR);
        add("cancelled", 0, 0, bool, Wants.SCALAR);
        add("failure", 0, ANY_NUMBER, bool, Wants.SCALAR);
    }

    private Functions() {}

    private static void add(String name, int least, int most, Type gives, Wants... wants) {
        ALL.put(
                name.toLowerCase(Locale.ROOT),
                new Function(name, least, most, List.of(wants), gives));
    }

    static Optional<Function> named(String name) {
        return Optional.ofNullable(ALL.get(name.toLowerCase(Locale.ROOT)));
    }

    static List<String> names() {
        return ALL.values().stream().map(Function::name).toList();
    }

    /// Whether it gives the same for the same arguments in every run.
    static boolean isPure(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ALL.containsKey(lower) && !isSpecial(lower);
    }

    /// Whether only some places offer it.
    static boolean isSpecial(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return STATUS.contains(lower) || lower.equals("hashfiles");
    }
}
