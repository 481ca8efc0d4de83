package dev.devopspack.policy.subject;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A subject whose attributes and their places were worked out by its reader.
public final class PlainSubject implements Subject {

    private final String kind;
    private final String address;
    private final boolean counted;
    private final Place place;
    private final int lastLine;
    private final Map<String, Place> places;
    private final Attributes self;
    private final Surroundings surroundings;
    private final @Nullable Written written;

    /// @param counted whether it is a resource of its own, such as a Deployment or a job, and not a
    ///   part of one
    /// @param places where the attribute at a path stands, by path such as
    ///   `securityContext.privileged`
    /// @param attributes what rules read, see {@link Attributes}
    public PlainSubject(
            String kind,
            String address,
            boolean counted,
            Place place,
            int lastLine,
            Map<String, Place> places,
            Map<String, ?> attributes,
            Surroundings surroundings) {
        this(kind, address, counted, place, lastLine, places, attributes, surroundings, null);
    }

    /// @param written where it is written, if it is written as one mapping
    public PlainSubject(
            String kind,
            String address,
            boolean counted,
            Place place,
            int lastLine,
            Map<String, Place> places,
            Map<String, ?> attributes,
            Surroundings surroundings,
            @Nullable Written written) {
        this.kind = kind;
        this.address = address;
        this.counted = counted;
        this.place = place;
        this.lastLine = lastLine;
        this.places = Map.copyOf(places);
        this.self = new Attributes(attributes, this);
        this.surroundings = surroundings;
        this.written = written;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean counted() {
        return counted;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public int lastLine() {
        return lastLine;
    }

    @Override
    public Optional<Place> placeOf(String path) {
        return Optional.ofNullable(places.get(path));
    }

    @Override
    public Optional<Written> written() {
        return Optional.ofNullable(written);
    }

    @Override
    public Attributes self() {
        return self;
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }
}
