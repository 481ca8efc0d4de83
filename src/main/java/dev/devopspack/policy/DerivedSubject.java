package dev.devopspack.policy;

import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.Map;
import java.util.Optional;

/// A part of a resource that rules judge by itself, whichever way it was written: a network rule, a
/// policy statement.
record DerivedSubject(String kind, Subject of, Place place, int lastLine, Attributes self)
        implements Subject {

    static DerivedSubject part(
            String kind, TerraformSubject of, Place place, Map<String, Object> values) {
        return new DerivedSubject(kind, of, place, of.lastLine(), new Attributes(values));
    }

    @Override
    public String address() {
        return of.address();
    }

    @Override
    public boolean partial() {
        return of.partial();
    }

    @Override
    public Optional<Place> placeOf(String path) {
        return Optional.empty();
    }

    @Override
    public Surroundings surroundings() {
        return of.surroundings();
    }
}
