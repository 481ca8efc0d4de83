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
/// files, resources, the repository, and what files give names to or call by name. Nobody is asked
/// to approve such a change.
@ApplicationScoped
class Deceptions {

    private static final int FIRST_BEYOND_ASCII = 128;

    /// A value of one word may be a whole certificate.
    private static final int LONGEST_SHOWN = 200;

    private static final int SHOWN_OF_LONG = 80;

    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int JOINER = 0x200D;

    private final Reviews reviews;

    Deceptions(Reviews reviews) {
        this.reviews = reviews;
    }

    /// The first one, as a sentence; nothing where all names are plain.
    Optional<String> in(ChangeSet changeSet) {
        if (plain(changeSet)) {
            return Optional.empty();
        }
        return names(changeSet)
                .map(Deceptions::sentence)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> inFiles(changeSet));
    }

    private static Optional<String> inFiles(ChangeSet changeSet) {
        return changeSet.artifacts().list().stream()
                .filter(file -> !ascii(file.text()))
                .map(Deceptions::inFile)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The first one in a file, as a sentence.
    static Optional<String> inFile(Artifact file) {
        Identifiers.Found found = Identifiers.in(file);
        String in = " in " + file.name();
        return Stream.concat(
                        found.names().stream()
                                .map(name ->
                                        sentence(
                                                name,
                                                Hidden.firstIn(name),
                                                Scripts.deception(name),
                                                in)),
                        found.words().stream()
                                .map(word ->
                                        sentence(
                                                word,
                                                hiddenInValue(word),
                                                Scripts.deceptionInValue(word),
                                                in)))
                .flatMap(Optional::stream)
                .findFirst();
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

    /// The first hidden code point, or -1. What joins the pieces of a picture such as ⚠️ is seen
    /// with it.
    private static int hiddenInValue(String word) {
        boolean inPicture = false;
        for (int at = 0; at < word.length(); at += Character.charCount(word.codePointAt(at))) {
            int point = word.codePointAt(at);
            boolean joins = point == EMOJI_STYLE || point == JOINER;
            if (Hidden.is(point) && !(joins && inPicture)) {
                return point;
            }
            int type = Character.getType(point);
            inPicture =
                    joins
                            || type == Character.OTHER_SYMBOL
                            || type == Character.MATH_SYMBOL
                            || type == Character.MODIFIER_SYMBOL;
        }
        return -1;
    }

    private static Optional<String> sentence(String name) {
        return sentence(name, Hidden.firstIn(name), Scripts.deception(name), "");
    }

    /// @param hidden a code point that nobody sees, or -1
    /// @param in the file that it is in, with ` in ` before it; empty where that is plain
    private static Optional<String> sentence(
            String name, int hidden, Optional<String> deceptive, String in) {
        return (hidden >= 0
                        ? Optional.of("holds the invisible character " + Hidden.nameOf(hidden))
                        : deceptive)
                .map(what ->
                        "the name '"
                                + Hidden.marked(cut(name))
                                + "'"
                                + in
                                + " "
                                + what
                                + ". Write it so that people read what it is, then submit again");
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_SHOWN
                ? name
                : name.substring(0, name.offsetByCodePoints(0, SHOWN_OF_LONG)) + "…";
    }
}
