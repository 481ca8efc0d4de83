package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Type;
import java.util.Map;
import java.util.TreeMap;

/// What the contexts hold at a point of a file. Copies are made on the way into jobs and steps.
final class Contexts {

    private final Map<String, Type> types;

    private Contexts(Map<String, Type> types) {
        this.types = types;
    }

    /// @param event what `github.event` is
    static Contexts of(Type event, Type inputs, Type secrets) {
        TreeMap<String, Type> types = new TreeMap<>();
        types.put("github", ContextTypes.github(event));
        types.put("inputs", inputs);
        types.put("secrets", secrets);
        types.put("env", ContextTypes.ENV);
        types.put("vars", ContextTypes.VARS);
        types.put("runner", ContextTypes.RUNNER);
        types.put("strategy", ContextTypes.STRATEGY);
        types.put("job", ContextTypes.JOB);
        types.put("matrix", Type.only(Map.of()));
        types.put("needs", Type.only(Map.of()));
        types.put("steps", Type.only(Map.of()));
        types.put("jobs", Type.only(Map.of()));
        return new Contexts(types);
    }

    Contexts with(String context, Type type) {
        TreeMap<String, Type> changed = new TreeMap<>(types);
        changed.put(context, type);
        return new Contexts(changed);
    }

    Scope at(Place place) {
        TreeMap<String, Type> offered = new TreeMap<>();
        for (String context : place.contexts()) {
            offered.put(context, types.getOrDefault(context, Type.ANY));
        }
        return new Scope(offered, place.functions(), "'" + place.key() + "'");
    }
}
