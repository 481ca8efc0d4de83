package dev.devopspack.policy.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.PlainSubject;
import dev.devopspack.policy.subject.Subject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A subject while its attributes are gathered.
final class Draft {

    private final String kind;
    private final String address;
    private final String file;
    private final Span span;
    private final int lastLine;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final Map<String, Subject.Place> places = new HashMap<>();

    /// @param lastLine the last line that belongs to it
    Draft(String kind, String address, String file, Span span, int lastLine) {
        this.kind = kind;
        this.address = address;
        this.file = file;
        this.span = span;
        this.lastLine = lastLine;
    }

    Draft put(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    Draft put(String name, boolean value) {
        attributes.put(name, value);
        return this;
    }

    Draft put(String name, long value) {
        attributes.put(name, value);
        return this;
    }

    Draft put(String name, Collection<String> values) {
        attributes.put(name, List.copyOf(values));
        return this;
    }

    Draft put(String name, Map<String, String> values) {
        attributes.put(name, new Attributes(values));
        return this;
    }

    /// An attribute that is null to rules where it is not written.
    Draft put(String name, Optional<String> value) {
        value.ifPresent(text -> attributes.put(name, text));
        return this;
    }

    /// Where the attribute stands, if elsewhere than the subject.
    Draft at(Span place, String... names) {
        for (String name : names) {
            places.put(name, new Subject.Place(file, place.line(), place.column()));
        }
        return this;
    }

    /// Where all attributes so far stand.
    Draft allAt(Span place) {
        return at(place, attributes.keySet().toArray(String[]::new));
    }

    Subject subject(boolean counted) {
        return new PlainSubject(
                kind,
                address,
                counted,
                new Subject.Place(file, span.line(), span.column()),
                Math.max(lastLine, span.line()),
                places,
                attributes,
                Subject.Surroundings.NONE,
                new Subject.Written(file, span.start(), List.of()));
    }
}
