package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An object of a manifest, or a part of one, as rules see it.
final class KubernetesSubject implements Subject {

    /// What an object is called is never what is wrong with it.
    private static final Set<String> IDENTITY =
            Set.of("kind", "name", "group", "version", "workloadKind", "workloadName");

    private final String kind;
    private final KubernetesObject object;
    private final boolean counted;
    private final List<List<String>> roots;
    private final Map<String, List<String>> known;
    private final Attributes self;
    private final Cluster cluster;

    /// @param roots where paths of the subject begin in the object: its own place first, then
    ///   places from which it inherits
    /// @param known where attributes stand that are not written under their own names, by attribute
    ///   path
    KubernetesSubject(
            String kind,
            KubernetesObject object,
            boolean counted,
            List<List<String>> roots,
            Map<String, List<String>> known,
            Map<String, Object> attributes,
            Cluster cluster) {
        this.kind = kind;
        this.object = object;
        this.counted = counted;
        this.roots = List.copyOf(roots);
        this.known = Map.copyOf(known);
        this.self = new Attributes(attributes, this);
        this.cluster = cluster;
    }

    KubernetesObject object() {
        return object;
    }

    @Override
    public String kind() {
        return "kubernetes/" + kind;
    }

    @Override
    public String address() {
        return object.address();
    }

    @Override
    public boolean counted() {
        return counted;
    }

    /// A part begins where it is written, an object at its name.
    @Override
    public Place place() {
        List<String> head = roots.getFirst();
        return object.places().at(known.getOrDefault("", head)).orElse(object.places().start());
    }

    @Override
    public Optional<Written> written() {
        return object.places() instanceof YamlPlaces places
                ? Optional.of(
                        new Written(places.file(), places.root().span().start(), roots.getFirst()))
                : Optional.empty();
    }

    @Override
    public int objectFirstLine() {
        return object.places().start().line();
    }

    @Override
    public int objectLastLine() {
        return object.places().lastLine();
    }

    @Override
    public int lastLine() {
        return object.places().lastLine(roots.getFirst());
    }

    /// The part at the path, or the nearest part around it that is written.
    @Override
    public Optional<Place> placeOf(String path) {
        if (IDENTITY.contains(path)) {
            return Optional.empty();
        }
        List<String> steps = steps(path);
        for (int taken = steps.size(); taken > 0; taken--) {
            Optional<Place> place = exactPlaceOf(steps.subList(0, taken));
            if (place.isPresent()) {
                return place;
            }
        }
        return Optional.empty();
    }

    /// `containers[0].name` is `containers`, `0`, `name`.
    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || ".[]".indexOf(path.charAt(i)) >= 0) {
                if (i > from) {
                    steps.add(path.substring(from, i));
                }
                from = i + 1;
            }
        }
        return steps;
    }

    private Optional<Place> exactPlaceOf(List<String> steps) {
        for (int taken = known.isEmpty() ? 0 : steps.size(); taken > 0; taken--) {
            List<String> start = known.get(String.join(".", steps.subList(0, taken)));
            Optional<Place> place =
                    start == null
                            ? Optional.empty()
                            : place(start, steps.subList(taken, steps.size()));
            if (place.isPresent()) {
                return place;
            }
        }
        for (List<String> root : roots) {
            Optional<Place> place = place(root, steps);
            if (place.isPresent()) {
                return place;
            }
        }
        return Optional.empty();
    }

    private Optional<Place> place(List<String> start, List<String> steps) {
        List<String> whole = new ArrayList<>(start);
        whole.addAll(steps);
        return object.places().at(whole);
    }

    @Override
    public Attributes self() {
        return self;
    }

    @Override
    public Surroundings surroundings() {
        return cluster;
    }
}
