package dev.devopspack.language.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What is asked, apart from how it is said: something to do, and what to do it with, in any order.
///
/// Written as names of concepts: `undo approval production` is a clause that says all three, near
/// to each other. `!act` must be told as an order: it begins its clause, or stands behind *you* or
/// *please*. `=approval` is what it is done to: no preposition stands between, as in *remove the
/// link to the approvals*. `<approval>` was said before, in an earlier clause or in the sentence
/// before, and the clause refers to it: *the gate is annoying, take it out*. `~release` is said
/// anywhere near, also in a clause before or behind.
///
/// @param text as it is written
/// @param action what is done
/// @param order whether it must be told as an order
/// @param with what else the clause says
/// @param objects those of them that it is done to
/// @param before what was said before
/// @param near what is said in a clause not far from it
public record Frame(
        String text,
        Concept action,
        boolean order,
        List<Concept> with,
        Set<Concept> objects,
        List<Concept> before,
        List<Concept> near) {

    /// Further apart, two words of a clause have little to do with each other.
    private static final int WINDOW = 12;

    /// How many clauses a pronoun reaches back, and what is near.
    private static final int REACH = 3;

    private static final Set<String> PRONOUNS =
            Set.of(
                    "it", "them", "that", "this", "these", "those", "thing", "es", "sie", "ihn",
                    "das", "die", "den", "dies", "diese", "diesen");

    private static final Set<String> BEFORE_AN_ORDER =
            Set.of("you", "please", "just", "now", "simply", "directly", "ahead", "bitte", "mal");

    /// Before a noun that is spelt like a verb: `the release`, `show deploy markers`.
    private static final Set<String> BEFORE_A_NOUN =
            Set.of(
                    "the", "a", "an", "our", "my", "your", "their", "its", "this", "that", "each",
                    "every", "no", "last", "next", "first", "show", "der", "die", "das", "den",
                    "dem", "ein", "eine", "einen", "unser", "unsere", "unseren");

    private static final Set<String> PREPOSITIONS =
            Set.of(
                    "to", "from", "about", "in", "for", "with", "named", "called", "on", "zu",
                    "zum", "zur", "aus", "vom", "von", "für", "im", "mit", "über");

    /// Before a participle: `should be skipped`, `want it skipped`.
    private static final Set<String> WISHES =
            Set.of(
                    "be", "being", "get", "should", "must", "can", "could", "want", "need", "needs",
                    "like", "have", "see", "prefer");

    /// A verb that ends like a participle.
    private static final Set<String> NO_PARTICIPLES =
            Set.of("embed", "need", "feed", "seed", "required");

    public Frame {
        with = List.copyOf(with);
        objects = Set.copyOf(objects);
        before = List.copyOf(before);
        near = List.copyOf(near);
    }

    /// @throws IllegalArgumentException where it names no concept, or one that is not known
    public static Frame of(String text, Map<String, Concept> known) {
        List<Concept> with = new ArrayList<>();
        List<Concept> before = new ArrayList<>();
        List<Concept> near = new ArrayList<>();
        Set<Concept> objects = new HashSet<>();
        boolean order = text.startsWith("!");
        List<String> names = Arrays.asList(text.replaceFirst("^!", "").strip().split("\\s+"));
        for (String name : names.subList(1, names.size())) {
            Concept concept = concept(name.replaceAll("[<>=~]", ""), known);
            switch (name.charAt(0)) {
                case '<' -> before.add(concept);
                case '~' -> near.add(concept);
                case '=' -> {
                    with.add(concept);
                    objects.add(concept);
                }
                default -> with.add(concept);
            }
        }
        Concept action = concept(names.getFirst(), known);
        return new Frame(text, action, order, with, objects, before, near);
    }

    private static Concept concept(String name, Map<String, Concept> known) {
        Concept found = known.get(name);
        if (found == null) {
            throw new IllegalArgumentException("'" + name + "' is no concept");
        }
        return found;
    }

    /// Where in a clause its action stands, with all the rest: each place.
    ///
    /// @param denials stems of words that, between the two, turn it into its opposite: *write a
    ///   policy that forbids plain passwords*
    public IntStream actionsIn(Reading reading, int clause, Set<String> denials) {
        List<Word> words = reading.words(clause);
        boolean referred =
                before.isEmpty()
                        || words.stream().anyMatch(word -> PRONOUNS.contains(word.plain()));
        boolean said =
                before.stream().allMatch(one -> isSaid(reading, one, clause - REACH, clause))
                        && near.stream()
                                .allMatch(one ->
                                        isSaid(reading, one, clause - REACH, clause + REACH + 1));
        if (!referred || !said) {
            return IntStream.empty();
        }
        return Arrays.stream(reading.places(action, clause))
                .filter(at -> isAsked(words, at))
                .filter(at -> !order || isOrder(words, at))
                .filter(at -> hasRest(reading, clause, at, denials));
    }

    private static boolean isSaid(Reading reading, Concept concept, int from, int to) {
        return IntStream.range(Math.max(0, from), Math.min(to, reading.clauses()))
                .anyMatch(clause -> reading.places(concept, clause).length > 0);
    }

    /// A participle tells of the past, or of what something is like, where nobody wishes it.
    public static boolean isAsked(List<Word> words, int at) {
        String plain = words.get(at).plain();
        return !plain.endsWith("ed")
                || NO_PARTICIPLES.contains(plain)
                || words.subList(Math.max(0, at - WINDOW), at).stream()
                        .anyMatch(word -> WISHES.contains(word.plain()));
    }

    private static boolean isOrder(List<Word> words, int at) {
        if (at > 0 && BEFORE_A_NOUN.contains(words.get(at - 1).plain())) {
            return false;
        }
        return at <= Phrase.beginning(words)
                || BEFORE_AN_ORDER.contains(words.get(at - 1).plain())
                || (at > 1
                        && words.get(at - 1).plain().equals("to")
                        && words.get(at - 2).plain().equals("you"));
    }

    private boolean hasRest(Reading reading, int clause, int at, Set<String> denials) {
        List<Word> words = reading.words(clause);
        Set<Integer> taken = new HashSet<>(Set.of(at));
        return with.stream()
                .allMatch(concept ->
                        near(reading.places(concept, clause), at)
                                .filter(place -> belongs(concept, words, at, place, denials))
                                .anyMatch(taken::add));
    }

    /// Of the places, which are in order, those in the window.
    private static IntStream near(int[] places, int at) {
        int found = Arrays.binarySearch(places, at - WINDOW);
        return Arrays.stream(places, found < 0 ? -found - 1 : found, places.length)
                .takeWhile(place -> place <= at + WINDOW)
                .filter(place -> place != at);
    }

    private boolean belongs(
            Concept concept, List<Word> words, int at, int place, Set<String> denials) {
        List<Word> between = words.subList(Math.min(at, place) + 1, Math.max(at, place));
        boolean denied = between.stream().anyMatch(word -> denials.contains(word.stem()));
        boolean indirect =
                at < place
                        && objects.contains(concept)
                        && between.stream().anyMatch(word -> PREPOSITIONS.contains(word.plain()));
        return !denied && !indirect;
    }
}
