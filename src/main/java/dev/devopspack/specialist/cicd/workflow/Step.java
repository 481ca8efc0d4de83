package dev.devopspack.specialist.cicd.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A step of a job: a script, or an action with its inputs.
///
/// @param id how expressions name it, where one does
/// @param condition when it runs; where null, while nothing before it failed
/// @param folder where a script runs; where null, at the top
/// @param comment lines above it in the file
public record Step(
        String name,
        @Nullable String id,
        Value.@Nullable Expression condition,
        Work work,
        Map<String, Value> env,
        @Nullable String folder,
        List<String> comment) {

    public sealed interface Work {

        record Run(Script script) implements Work {}

        /// An action with inputs that it has, and with all that it needs.
        record Use(Action action, Map<String, Value> with) implements Work {
            public Use {
                with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
                for (String input : with.keySet()) {
                    if (!action.inputs().containsKey(input)) {
                        throw new IllegalArgumentException(
                                action.name() + " has no input '" + input + "'");
                    }
                }
                for (Map.Entry<String, Boolean> input : action.inputs().entrySet()) {
                    if (input.getValue() && !with.containsKey(input.getKey())) {
                        throw new IllegalArgumentException(
                                action.name() + " needs the input '" + input.getKey() + "'");
                    }
                }
            }
        }
    }

    public Step {
        Checks.label(name);
        if (id != null) {
            Checks.identifier(id);
        }
        env.keySet().forEach(Checks::constant);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        comment = List.copyOf(comment);
        if (folder != null && !(work instanceof Work.Run)) {
            throw new IllegalArgumentException("only a script runs in a folder");
        }
    }

    public static Step run(String name, String script) {
        return new Step(
                name, null, null, new Work.Run(new Script(script)), Map.of(), null, List.of());
    }

    public static Step use(String name, Action action, Map<String, Value> with) {
        return new Step(name, null, null, new Work.Use(action, with), Map.of(), null, List.of());
    }

    public Step id(String id) {
        return new Step(name, id, condition, work, env, folder, comment);
    }

    public Step when(String condition) {
        return new Step(name, id, new Value.Expression(condition), work, env, folder, comment);
    }

    public Step env(String variable, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(env);
        more.put(variable, value);
        return new Step(name, id, condition, work, more, folder, comment);
    }

    /// @param folder at the top where it is `.`
    public Step in(String folder) {
        return new Step(
                name, id, condition, work, env, folder.equals(".") ? null : folder, comment);
    }

    public Step comment(String... lines) {
        return new Step(name, id, condition, work, env, folder, List.of(lines));
    }
}
