package dev.devopspack.policy;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Tries a rule on its own examples.
public final class RuleExamples {

    private RuleExamples() {}

    /// What differs from what an example says.
    public record Problem(Rule.Example example, String text) {}

    /// @return empty where the rule does all that its examples say
    public static List<Problem> problems(Rule rule) {
        List<Problem> problems = new ArrayList<>();
        RuleCatalog standard = RuleCatalog.of(rule);
        for (Rule.Example example : rule.examples()) {
            Scan scan = new Scan(standard.with(ParameterValues.of(rule, example.values())));
            ScanResult result = scan.of(Artifacts.of(Artifact.of(example.file(), example.text())));
            Stream.of(
                            result.unreadable().stream().map(ScanResult.Unreadable::text),
                            result.errors().stream().map(ScanResult.RuleError::text),
                            differences(rule, example, result))
                    .flatMap(texts -> texts)
                    .forEach(text -> problems.add(new Problem(example, text)));
        }
        return problems;
    }

    private static Stream<String> differences(Rule rule, Rule.Example example, ScanResult result) {
        List<String> found =
                result.findings().stream()
                        .map(finding -> "line " + finding.line() + ": " + finding.message())
                        .toList();
        if (example.passes()) {
            return found.isEmpty() && result.unknowns().isEmpty() && (held(result) || isNever(rule))
                    ? Stream.of()
                    : Stream.of("the passing example gives " + found + ", not a pass");
        }
        if (found.isEmpty()) {
            return Stream.of("the failing example gives no finding");
        }
        return example.findings().isEmpty() || example.findings().equals(found)
                ? Stream.of()
                : Stream.of("the failing example gives " + found + ", not " + example.findings());
    }

    private static boolean held(ScanResult result) {
        return result.tallies().stream().anyMatch(tally -> tally.passed() > 0);
    }

    /// A rule against a thing as such never passes: where the thing is not, there is no evaluation.
    private static boolean isNever(Rule rule) {
        return rule.requires().text().equals("false");
    }
}
