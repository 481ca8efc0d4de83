package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.value.Reference;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// Collects the references that are followed while something is evaluated.
final class Trace {

    /// References noted for one value: more say nothing, and each is kept with the value.
    private static final int LIMIT = 200;

    private final Deque<Set<Reference>> open = new ArrayDeque<>();

    void begin() {
        open.push(new LinkedHashSet<>());
    }

    Set<Reference> end() {
        return open.pop();
    }

    void note(Reference reference) {
        Set<Reference> noted = open.peek();
        if (noted != null && noted.size() < LIMIT) {
            noted.add(reference);
        }
    }

    void note(Collection<Reference> references) {
        references.forEach(this::note);
    }
}
