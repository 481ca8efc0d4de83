package dev.devopspack.manager;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Hidden;
import dev.devopspack.change.Scripts;
import dev.devopspack.change.Target;
import dev.devopspack.review.ResourceChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds names in a change set that a person would take for other names, or cannot see all of: of
/// files, resources, the repository. Nobody is asked to approve such a change.
@ApplicationScoped
class Deceptions {

    private static final int FIRST_BEYOND_ASCII = 128;

    private final Reviews reviews;

    Deceptions(Reviews reviews) {
        this.reviews = reviews;
    }

    /// The first one, as a sentence; nothing where all names are plain.
    Optional<String> in(ChangeSet changeSet) {
        if (plain(changeSet)) {
            return Optional.empty();
        }
        return names(changeSet).map(Deceptions::sentence).flatMap(Optional::stream).findFirst();
    }

    /// Nearly all files hold nothing but ASCII: then no name in them can deceive.
    private static boolean plain(ChangeSet changeSet) {
        return changeSet.manifest().plan() == null
                && changeSet.artifacts().list().stream()
                        .allMatch(file -> ascii(file.name().value()) && ascii(file.text()));
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < FIRST_BEYOND_ASCII);
    }

    private Stream<String> names(ChangeSet changeSet) {
        Target target = changeSet.target();
        return Stream.of(
                        changeSet.artifacts().list().stream()
                                .map(Artifact::name)
                                .map(name -> name.value()),
                        reviews.of(changeSet).plan().changes().stream()
                                .map(ResourceChange::address),
                        Stream.of(target.repository(), target.commit()).filter(Objects::nonNull))
                .flatMap(each -> each);
    }

    private static Optional<String> sentence(String name) {
        int hidden = Hidden.firstIn(name);
        return (hidden >= 0
                        ? Optional.of("holds the invisible character " + Hidden.nameOf(hidden))
                        : Scripts.deception(name))
                .map(what ->
                        "the name '"
                                + Hidden.marked(name)
                                + "' "
                                + what
                                + ". Write it so that people read what it is, then submit again");
    }
}
