package dev.devopspack.manager.route;

import dev.devopspack.language.words.PlainText;
import dev.devopspack.language.words.Word;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the capability that a request in plain language means.
///
/// A term counts its weight times how rare it is among the fields of work. A word may be a synonym
/// or misspelt. What was learned from labelled requests counts beside it, between agents. A
/// capability is known by its agent's terms, by its own, and by what it is registered with: its
/// name and the choices of its input's schema, so that a new blueprint is found without a line of
/// data.
public final class Router {

    /// Below this nothing of weight was said.
    private static final double LEAST_SCORE = 2.5;

    /// Below this share two are close.
    private static final double LEAST_CONFIDENCE = 0.57;

    /// A word of a capability's name, and of a choice of its input.
    private static final int WEIGHT_OF_NAME = 1;

    /// Beside the likeliest of many.
    private static final int MAX_ASKED = 3;

    private static final int MAX_BECAUSE = 8;

    private final List<Entry> entries = new ArrayList<>();
    private final Vocabulary vocabulary;
    private final LearnedTerms learned;
    private final Map<String, Double> rarity = new LinkedHashMap<>();
    private final Set<String> neutral;
    private final Set<String> deliverables;

    /// One that may be meant.
    ///
    /// @param capability none where no such agent is registered
    /// @param terms as they are compared, with their weights
    /// @param own those of them that are not the agent's as such
    private record Entry(
            RoutingTerms.Field field,
            Optional<Candidate> capability,
            Map<String, Integer> terms,
            Map<String, Integer> own) {

        /// What tells it from the other capabilities of its agent.
        Entry alone() {
            return new Entry(field, capability, own, own);
        }
    }

    private record Scored(Entry entry, double score, List<Spoken> spoken) {

        Candidate candidate() {
            Candidate found = entry.capability().orElseThrow();
            return new Candidate(found.specialist(), found.capability(), score);
        }
    }

    public Router(List<Specialist> specialists, RoutingTerms data) {
        this(specialists, data, LearnedTerms.shipped());
    }

    Router(List<Specialist> specialists, RoutingTerms data, LearnedTerms learned) {
        this.learned = learned;
        Set<String> known = new HashSet<>();
        this.neutral = Set.copyOf(data.neutral());
        this.deliverables =
                data.deliverables().stream().map(Vocabulary::key).collect(Collectors.toSet());
        for (RoutingTerms.Field field : data.fields()) {
            specialists.stream()
                    .filter(specialist -> specialist.agent().equals(field.agent()))
                    .findFirst()
                    .ifPresentOrElse(
                            specialist -> add(field, specialist),
                            () ->
                                    entries.add(
                                            new Entry(
                                                    field,
                                                    Optional.empty(),
                                                    keyed(field.terms()),
                                                    Map.of())));
        }
        specialists.stream()
                .filter(specialist -> entries.stream().noneMatch(entry -> isOf(entry, specialist)))
                .forEach(specialist -> add(fieldOf(specialist), specialist));
        entries.forEach(entry -> known.addAll(entry.terms().keySet()));
        this.vocabulary = new Vocabulary(known, data);
        known.forEach(term -> rarity.put(term, rarityOf(term)));
    }

    private static boolean isOf(Entry entry, Specialist specialist) {
        return entry.field().agent().equals(specialist.agent());
    }

    /// Of an agent that the data does not know: it is found by what it is registered with.
    private static RoutingTerms.Field fieldOf(Specialist specialist) {
        return new RoutingTerms.Field(
                specialist.agent(), specialist.description(), Map.of(), null, null);
    }

    private void add(RoutingTerms.Field field, Specialist specialist) {
        for (Capability<?> capability : specialist.capabilities()) {
            Map<String, Integer> own = keyed(registered(capability));
            Map<String, Integer> terms = new LinkedHashMap<>(own);
            terms.putAll(keyed(field.terms()));
            keyed(field.termsOf(capability.name()))
                    .forEach((term, weight) -> {
                        terms.merge(term, weight, Integer::sum);
                        own.merge(term, weight, Integer::sum);
                    });
            entries.add(
                    new Entry(
                            field,
                            Optional.of(new Candidate(specialist, capability, 0)),
                            terms,
                            own));
        }
    }

    /// By what is compared; of two that are compared alike, such as `fail` and `failing`, the
    /// greater.
    private static Map<String, Integer> keyed(Map<String, Integer> terms) {
        Map<String, Integer> keyed = new LinkedHashMap<>();
        terms.forEach((term, weight) -> keyed.merge(Vocabulary.key(term), weight, Math::max));
        return keyed;
    }

    /// Words of its name, and of the choices that its input offers.
    private Map<String, Integer> registered(Capability<?> capability) {
        Map<String, Integer> terms = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of(capability.name()));
        choices(capability.inputSchema(), names);
        names.stream()
                .map(name -> name.replace('_', ' '))
                .flatMap(name -> PlainText.words(name).stream())
                .map(Word::plain)
                .filter(word -> word.chars().anyMatch(Character::isLetter))
                .filter(word -> !neutral.contains(word))
                .forEach(word -> terms.put(word, WEIGHT_OF_NAME));
        return terms;
    }

    private static void choices(Object schema, List<String> names) {
        switch (schema) {
            case Map<?, ?> map ->
                    map.forEach((key, value) -> {
                        if ((key.equals("enum") || key.equals("const")) && value != null) {
                            texts(value, names);
                        } else if (value != null) {
                            choices(value, names);
                        }
                    });
            case List<?> list -> list.forEach(item -> choices(item, names));
            default -> {}
        }
    }

    private static void texts(Object choices, List<String> names) {
        if (choices instanceof List<?> list) {
            list.forEach(choice -> names.add(String.valueOf(choice)));
        } else {
            names.add(String.valueOf(choices));
        }
    }

    /// 1 for a term of every field, and more the fewer fields have it.
    private double rarityOf(String term) {
        long fields = entries.stream().map(Entry::field).distinct().count();
        long having =
                entries.stream()
                        .filter(entry -> entry.terms().containsKey(term))
                        .map(Entry::field)
                        .distinct()
                        .count();
        return 1 + Math.log((double) fields / having) / Math.log(2) / 2;
    }

    /// Where the request leads, of all agents.
    public Route route(String request) {
        List<Scored> best = bestOfEachAgent(withLearned(request, scored(request, entries)));
        Set<String> asked = askedFor(request);
        if (asked.size() < 2) {
            return decide(best);
        }
        List<Scored> several =
                best.stream().filter(one -> asked.contains(one.entry().field().agent())).toList();
        List<Spoken> because =
                because(several.stream().flatMap(one -> one.spoken().stream()).toList());
        List<Candidate> candidates = registered(several);
        return candidates.isEmpty()
                ? new Route.NotOffered(several.getFirst().entry().field(), List.of(), because)
                : new Route.Unsure(candidates, because);
    }

    /// The agents of what clauses begin with, where that names a thing to make: two of them are two
    /// tasks, and leading both to one agent would lose the other.
    private Set<String> askedFor(String request) {
        Set<String> agents = new LinkedHashSet<>();
        for (List<Word> clause : Vocabulary.clausesOf(request)) {
            vocabulary.namedIn(clause).stream()
                    .findFirst()
                    .filter(named -> deliverables.contains(named.term()))
                    .flatMap(named -> ownerOf(named.term()))
                    .ifPresent(agents::add);
        }
        return agents;
    }

    /// The agent for which a term counts most.
    private Optional<String> ownerOf(String term) {
        return entries.stream()
                .max(Comparator.comparingInt(entry -> entry.terms().getOrDefault(term, 0)))
                .map(entry -> entry.field().agent());
    }

    /// Where the request leads, of one agent's capabilities.
    public Route route(String request, Specialist agent) {
        List<Entry> own = entries.stream().filter(entry -> isOf(entry, agent)).toList();
        List<Scored> scored = scored(request, own.stream().map(Entry::alone).toList());
        if (agent.capabilities().size() > 1) {
            return decide(scored);
        }
        List<Spoken> because = scored.isEmpty() ? List.of() : because(scored.getFirst().spoken());
        Candidate only = new Candidate(agent, agent.capabilities().getFirst(), 0);
        return new Route.Chosen(only, 1, Optional.empty(), because);
    }

    /// Its capability for which most spoke, the first of equals: what they have in common says that
    /// the agent is meant.
    private static List<Scored> bestOfEachAgent(List<Scored> scored) {
        Map<String, Scored> best = new LinkedHashMap<>();
        scored.forEach(one -> best.putIfAbsent(one.entry().field().agent(), one));
        return List.copyOf(best.values());
    }

    /// The best first; those for which nothing spoke last, in the order of the data.
    private List<Scored> scored(String request, List<Entry> among) {
        List<Vocabulary.Named> named = vocabulary.namedIn(request);
        return among.stream()
                .map(entry -> score(entry, named))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList();
    }

    /// The scores of agents' terms alone, for those who learn weights on top of them.
    Map<String, Double> scoresOfTerms(String request) {
        Map<String, Double> scores = new LinkedHashMap<>();
        bestOfEachAgent(scored(request, entries))
                .forEach(one -> scores.put(one.entry().field().agent(), one.score()));
        return scores;
    }

    /// The words that are learned from: what is denied says nothing.
    Map<String, String> learnable(String request) {
        return LearnedTerms.termsOf(vocabulary.meantIn(request));
    }

    private List<Scored> withLearned(String request, List<Scored> scored) {
        Map<String, String> terms = learnable(request);
        return scored.stream()
                .map(one -> withLearned(terms, one))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList();
    }

    private Scored withLearned(Map<String, String> terms, Scored scored) {
        List<Spoken> more = learned.spokenFor(scored.entry().field().agent(), terms);
        double score = scored.score() + more.stream().mapToDouble(Spoken::weight).sum();
        Map<String, Spoken> byTerm = new LinkedHashMap<>();
        Stream.concat(scored.spoken().stream(), more.stream())
                .forEach(one -> byTerm.merge(one.term(), one, Spoken::and));
        List<Spoken> spoken = byTerm.values().stream().filter(one -> one.weight() > 0).toList();
        return new Scored(scored.entry(), Math.max(0, score), spoken);
    }

    private Scored score(Entry entry, List<Vocabulary.Named> named) {
        List<Spoken> spoken = new ArrayList<>();
        double score = 0;
        for (Vocabulary.Named term : named) {
            Integer weight = entry.terms().get(term.term());
            if (weight != null) {
                double counted = weight * rarity.getOrDefault(term.term(), 1.0) * term.certainty();
                score += counted;
                spoken.add(new Spoken(term.written(), term.term(), entry.field().agent(), counted));
            }
        }
        return new Scored(entry, score, spoken);
    }

    private Route decide(List<Scored> scored) {
        if (scored.isEmpty() || scored.getFirst().score() < LEAST_SCORE) {
            return new Route.Unsure(registered(scored), List.of());
        }
        Scored best = scored.getFirst();
        Optional<Scored> second =
                scored.stream().skip(1).filter(other -> other.score() > 0).findFirst();
        double rival = second.map(Scored::score).orElse(0.0);
        double confidence = best.score() / (best.score() + rival);
        List<Spoken> because = new ArrayList<>(best.spoken());
        second.ifPresent(other -> because.addAll(other.spoken()));
        if (confidence < LEAST_CONFIDENCE) {
            return unsure(scored, best, because);
        }
        if (best.entry().capability().isEmpty()) {
            return new Route.NotOffered(
                    best.entry().field(),
                    registered(scored).stream().filter(c -> c.score() > 0).toList(),
                    because(because));
        }
        return new Route.Chosen(
                best.candidate(),
                confidence,
                second.filter(other -> other.entry().capability().isPresent())
                        .map(Scored::candidate),
                because(because));
    }

    /// Close ones; where none of them is registered, it is the best that is not offered.
    private static Route unsure(List<Scored> scored, Scored best, List<Spoken> because) {
        List<Scored> close =
                scored.stream()
                        .filter(other ->
                                best.score() / (best.score() + other.score()) < LEAST_CONFIDENCE)
                        .toList();
        List<Candidate> candidates = registered(close);
        return candidates.isEmpty()
                ? new Route.NotOffered(
                        best.entry().field(),
                        registered(scored).stream().filter(c -> c.score() > 0).toList(),
                        because(because))
                : new Route.Unsure(candidates, because(because));
    }

    private static List<Candidate> registered(List<Scored> scored) {
        return scored.stream()
                .filter(one -> one.entry().capability().isPresent())
                .map(Scored::candidate)
                .limit(MAX_ASKED)
                .toList();
    }

    private static List<Spoken> because(List<Spoken> spoken) {
        return spoken.stream()
                .sorted(Comparator.comparingDouble(Spoken::weight).reversed())
                .limit(MAX_BECAUSE)
                .toList();
    }
}
