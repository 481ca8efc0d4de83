package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.function.Function.Unknowns;
import java.util.Map;
import java.util.TreeMap;

/// Collects the functions of all families.
final class Registry {

    private final Map<String, Function> functions = new TreeMap<>();

    /// A function that needs all its arguments known.
    void whole(String name, int arguments, Function.Body body) {
        whole(name, arguments, arguments, body);
    }

    void whole(String name, int least, int most, Function.Body body) {
        functions.put(name, new Function(least, most, Unknowns.NEEDS_ALL, body));
    }

    /// A function that works on collections with unknown items.
    void shaped(String name, int arguments, Function.Body body) {
        shaped(name, arguments, arguments, body);
    }

    void shaped(String name, int least, int most, Function.Body body) {
        functions.put(name, new Function(least, most, Unknowns.NEEDS_SHAPE, body));
    }

    /// A function that looks at unknown arguments itself.
    void any(String name, int least, int most, Function.Body body) {
        functions.put(name, new Function(least, most, Unknowns.TAKES_ALL, body));
    }

    Map<String, Function> functions() {
        return functions;
    }
}
