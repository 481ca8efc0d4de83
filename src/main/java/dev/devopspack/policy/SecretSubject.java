package dev.devopspack.policy;

import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.Map;
import java.util.Optional;

/// A secret in plain text. `self` has `kind`, `title` and `name`, never the value.
record SecretSubject(Place place, Attributes self) implements Subject {

    static final String KIND = "any/Secret";

    static SecretSubject of(String file, Secret secret) {
        return new SecretSubject(
                new Place(file, secret.line(), secret.column()),
                new Attributes(
                        Map.of(
                                "kind", secret.kind(),
                                "title", secret.title(),
                                "name", secret.name(),
                                "file", file)));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String address() {
        return "";
    }

    @Override
    public int lastLine() {
        return place.line();
    }

    @Override
    public Optional<Place> placeOf(String path) {
        return Optional.empty();
    }

    @Override
    public Surroundings surroundings() {
        return Surroundings.NONE;
    }
}
