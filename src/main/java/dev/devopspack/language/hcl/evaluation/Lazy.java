package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Evaluates declarations when they are first asked for, each once, and finds circles among them.
final class Lazy {

    /// Declarations that wait for each other: each costs stack. Real chains are some dozen long.
    private static final int CHAIN = 100;

    private record Done(Object value, Set<Reference> references) {}

    private final Trace trace;
    private final Map<String, Done> done = new HashMap<>();
    private final Deque<String> running = new ArrayDeque<>();

    Lazy(Trace trace) {
        this.trace = trace;
    }

    /// @param name unique in the whole module tree, and fit for a message
    /// @param passesOn whether what `compute` refers to counts as referred to by who asks
    <T> T get(String name, boolean passesOn, Class<T> type, Supplier<T> compute) {
        Done known = done.get(name);
        if (known == null) {
            known = run(name, compute);
        }
        if (passesOn) {
            trace.note(known.references);
        }
        return type.cast(known.value);
    }

    Set<Reference> references(String name) {
        Done known = done.get(name);
        return known == null ? Set.of() : known.references;
    }

    private <T> Done run(String name, Supplier<T> compute) {
        if (running.contains(name)) {
            throw new ValueProblem(
                    "\"" + name + "\" depends on itself: " + circle(name),
                    "Break the circle by taking one of them from elsewhere");
        }
        if (running.size() >= CHAIN) {
            throw new ValueProblem(
                    "more than " + CHAIN + " values wait for each other", "Shorten the chain");
        }
        running.push(name);
        trace.begin();
        Set<Reference> references = Set.of();
        try {
            T value = compute.get();
            references = trace.end();
            Done result = new Done(value, references);
            done.put(name, result);
            return result;
        } catch (RuntimeException failed) {
            trace.end();
            throw failed;
        } finally {
            running.pop();
        }
    }

    private String circle(String name) {
        Deque<String> names = new ArrayDeque<>();
        names.push(name);
        for (String waiting : running) {
            names.push(waiting);
            if (waiting.equals(name)) {
                break;
            }
        }
        return String.join(" -> ", new LinkedHashSet<>(names)) + " -> " + name;
    }
}
