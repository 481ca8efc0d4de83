package dev.devopspack.manager.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Learns from labelled requests how much each word speaks for each agent, on top of the terms that
/// people chose: a multinomial logistic regression by stochastic gradient descent. The same lessons
/// give the same weights.
final class Lessons {

    private static final int EPOCHS = 15;
    private static final double RATE = 0.3;
    private static final double DECAY_OF_RATE = 0.3;

    /// Keeps weights small, so that a word seen twice decides nothing alone.
    private static final double SHRINKAGE = 0.05;

    /// What a point of a term's score counts in the regression.
    private static final double POINT = 0.2;

    /// A term in one request only is its name, not its field.
    private static final int LEAST_REQUESTS = 2;

    /// Weights below this for all agents are left out: they change next to nothing.
    private static final double LEAST_WEIGHT = 1.5;

    private static final double LEAST_GRADIENT = 0.01;

    /// Alone and beside each other they say nothing of the work.
    private static final Set<String> STOP =
            Set.of(
                    """
                    the a an and or of to in on for with is are be we i you it our my your this
                    that these those at by from as so do not no can could would please me us have
                    has had was were will what when how why who which if then than but just need
                    want all any some one two also up out off into there their they them its he
                    she der die das und ein eine einen wir ich bitte für mit von zu im den dem des
                    auf ist sind nicht auch wie wenn dass es sich uns unser unsere
                    """
                            .split("\\s+"));

    private final List<String> agents;
    private final Map<String, double[]> weights = new HashMap<>();

    private record Lesson(int agent, double[] scores, List<String> terms) {}

    private Lessons(List<String> agents) {
        this.agents = agents;
    }

    /// The table of [LearnedTerms].
    ///
    /// @param labelled requests by their agent
    static String table(Router router, List<Map.Entry<String, String>> labelled) {
        Lessons lessons =
                new Lessons(labelled.stream().map(Map.Entry::getKey).distinct().sorted().toList());
        lessons.learn(lessons.prepared(router, labelled));
        return lessons.table();
    }

    private List<Lesson> prepared(Router router, List<Map.Entry<String, String>> labelled) {
        Map<String, Integer> requests = new HashMap<>();
        labelled.forEach(one ->
                router.learnable(one.getValue())
                        .keySet()
                        .forEach(term -> requests.merge(term, 1, Integer::sum)));
        List<Lesson> lessons = new ArrayList<>();
        for (Map.Entry<String, String> one : labelled) {
            Map<String, Double> scores = router.scoresOfTerms(one.getValue());
            lessons.add(
                    new Lesson(
                            agents.indexOf(one.getKey()),
                            agents.stream()
                                    .mapToDouble(agent -> scores.getOrDefault(agent, 0.0))
                                    .toArray(),
                            router.learnable(one.getValue()).keySet().stream()
                                    .filter(term -> requests.get(term) >= LEAST_REQUESTS)
                                    .filter(Lessons::says)
                                    .toList()));
        }
        return lessons;
    }

    private static boolean says(String term) {
        return Arrays.stream(term.split(" "))
                .anyMatch(word -> word.length() > 1 && !STOP.contains(word));
    }

    private void learn(List<Lesson> lessons) {
        Random random = new Random(1);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Collections.shuffle(lessons, random);
            double rate = RATE / (1 + epoch * DECAY_OF_RATE);
            lessons.forEach(lesson -> learn(lesson, rate));
        }
    }

    private void learn(Lesson lesson, double rate) {
        double[] likely = new double[agents.size()];
        double sum = 0;
        for (int agent = 0; agent < likely.length; agent++) {
            double score = POINT * lesson.scores()[agent];
            for (String term : lesson.terms()) {
                double[] row = weights.get(term);
                score += row == null ? 0 : row[agent];
            }
            likely[agent] = StrictMath.exp(score);
            sum += likely[agent];
        }
        for (int agent = 0; agent < likely.length; agent++) {
            double gradient = (agent == lesson.agent() ? 1 : 0) - likely[agent] / sum;
            if (Math.abs(gradient) < LEAST_GRADIENT) {
                continue;
            }
            for (String term : lesson.terms()) {
                double[] row = weights.computeIfAbsent(term, _ -> new double[agents.size()]);
                row[agent] += rate * (gradient - SHRINKAGE * row[agent]);
            }
        }
    }

    private String table() {
        StringBuilder table = new StringBuilder("term\t" + String.join("\t", agents) + "\n");
        new TreeMap<>(weights)
                .forEach((term, row) -> {
                    List<Double> rounded = new ArrayList<>();
                    for (double weight : row) {
                        rounded.add(Math.rint(weight / POINT * 2) / 2);
                    }
                    if (rounded.stream().anyMatch(weight -> Math.abs(weight) >= LEAST_WEIGHT)) {
                        table.append(term)
                                .append('\t')
                                .append(
                                        rounded.stream()
                                                .map(Lessons::written)
                                                .collect(Collectors.joining("\t")))
                                .append('\n');
                    }
                });
        return table.toString();
    }

    private static String written(double weight) {
        return weight == Math.rint(weight)
                ? String.valueOf((int) weight)
                : String.format(Locale.ROOT, "%.1f", weight);
    }
}
