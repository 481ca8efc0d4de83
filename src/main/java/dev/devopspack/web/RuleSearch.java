package dev.devopspack.web;

import dev.devopspack.policy.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Finds rules by what people know of them: an id of ours or of another tool, a resource, a
/// control, words of the title.
final class RuleSearch {

    /// Nobody types more; each word is looked for in every rule.
    private static final int MAX_WORDS = 8;

    private RuleSearch() {}

    /// @return the rules in which every word occurs, those that are named exactly first
    static List<Rule> find(List<Rule> rules, String typed) {
        List<String> words =
                Arrays.stream(typed.toLowerCase(Locale.ROOT).split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .limit(MAX_WORDS)
                        .toList();
        if (words.isEmpty()) {
            return rules;
        }
        List<Rule> exact = rules.stream().filter(rule -> rule.answersTo(typed.strip())).toList();
        return Stream.concat(
                        exact.stream(),
                        rules.stream()
                                .filter(rule -> !exact.contains(rule))
                                .filter(rule -> words.stream().allMatch(text(rule)::contains)))
                .toList();
    }

    private static String text(Rule rule) {
        return Stream.of(
                        Stream.of(rule.id(), rule.title(), rule.why(), rule.severity().label()),
                        rule.subjects().stream(),
                        rule.aliases().values().stream().flatMap(List::stream),
                        rule.aliases().keySet().stream(),
                        rule.controls().entrySet().stream()
                                .flatMap(entry ->
                                        Stream.concat(
                                                Stream.of(entry.getKey()),
                                                entry.getValue().stream())))
                .flatMap(each -> each)
                .reduce("", (all, each) -> all + " " + each)
                .toLowerCase(Locale.ROOT);
    }
}
