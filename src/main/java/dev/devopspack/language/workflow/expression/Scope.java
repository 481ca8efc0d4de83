package dev.devopspack.language.workflow.expression;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the place of an expression offers.
///
/// @param contexts the contexts that are there, by name in lower case
/// @param functions the functions that not every place offers, in lower case
/// @param place where the expression stands, for messages, for example `jobs.<job_id>.if`
public record Scope(Map<String, Type> contexts, Set<String> functions, String place) {
    public Scope {
        contexts = Collections.unmodifiableMap(new TreeMap<>(contexts));
        functions = Collections.unmodifiableSet(new TreeSet<>(functions));
    }
}
