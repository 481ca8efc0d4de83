package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.value.Value;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names an expression sees: those of its module, and the ones that a `for`, a `dynamic` block,
/// `count` or `for_each` put in front of them.
///
/// @param file name of the file the expression stands in
record Scope(ModuleState module, String file, @Nullable Scope outer, Map<String, Value> names) {

    /// The element a splat is at; no name that can be written.
    static final String SPLAT_ITEM = "*";

    Scope {
        names = Map.copyOf(names);
    }

    static Scope of(ModuleState module, String file) {
        return new Scope(module, file, null, Map.of());
    }

    Scope with(Map<String, Value> inner) {
        return inner.isEmpty() ? this : new Scope(module, file, this, inner);
    }

    Optional<Value> find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Value value = scope.names.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
