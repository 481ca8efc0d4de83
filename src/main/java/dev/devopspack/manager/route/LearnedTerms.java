package dev.devopspack.manager.route;

import dev.devopspack.language.data.ShippedFile;
import dev.devopspack.language.words.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How much words, and pairs of words, speak for or against each agent, as learned from labelled
/// requests on top of the terms that people chose.
///
/// The file is a table with tabs: a line of agents, then a line a term with its weight for each.
/// Weights count like those of [RoutingTerms]; one below zero speaks against the agent. No weight
/// depends on which agents are registered.
public final class LearnedTerms {

    private static final String FILE = "/agents/routing-learned.tsv";

    private final List<String> agents;
    private final Map<String, double[]> weights;

    private LearnedTerms(List<String> agents, Map<String, double[]> weights) {
        this.agents = List.copyOf(agents);
        this.weights = Map.copyOf(weights);
    }

    public static LearnedTerms shipped() {
        return read(ShippedFile.text(FILE));
    }

    /// Nothing learned.
    static LearnedTerms none() {
        return new LearnedTerms(List.of(), Map.of());
    }

    /// @throws IllegalArgumentException where a line has not a weight for each agent
    static LearnedTerms read(String text) {
        List<String> lines = text.lines().toList();
        List<String> header = Arrays.asList(lines.getFirst().split("\t"));
        List<String> agents = header.subList(1, header.size());
        Map<String, double[]> weights = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            if (cells.length != agents.size() + 1) {
                throw new IllegalArgumentException(
                        "'" + line + "' has not a weight for each agent");
            }
            double[] row = new double[agents.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = Double.parseDouble(cells[i + 1]);
            }
            weights.put(cells[0], row);
        }
        return new LearnedTerms(agents, weights);
    }

    /// What of a request speaks for an agent or against it, each term once.
    List<Spoken> spokenFor(String agent, Map<String, String> terms) {
        int column = agents.indexOf(agent);
        if (column < 0) {
            return List.of();
        }
        List<Spoken> spoken = new ArrayList<>();
        terms.forEach((term, written) -> {
            double[] row = weights.get(term);
            if (row != null && row[column] != 0) {
                spoken.add(new Spoken(written, term, agent, row[column]));
            }
        });
        return spoken;
    }

    /// The words of clauses and the pairs of neighbours in them, as they are compared, with how
    /// they were written.
    static Map<String, String> termsOf(List<List<Word>> clauses) {
        Map<String, String> terms = new LinkedHashMap<>();
        for (List<Word> clause : clauses) {
            for (int i = 0; i < clause.size(); i++) {
                Word word = clause.get(i);
                terms.putIfAbsent(word.stem(), word.plain());
                if (i > 0) {
                    Word before = clause.get(i - 1);
                    terms.putIfAbsent(
                            before.stem() + " " + word.stem(), before.plain() + " " + word.plain());
                }
            }
        }
        return terms;
    }
}
