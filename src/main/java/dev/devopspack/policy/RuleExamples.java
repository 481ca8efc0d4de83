package dev.devopspack.policy;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.util.ArrayList;
import java.util.List;

/// Tries a rule on its own examples.
public final class RuleExamples {

    private RuleExamples() {}

    /// @return what differs from what the examples say; empty where the rule does it all
    public static List<String> problems(Rule rule) {
        List<String> problems = new ArrayList<>();
        RuleCatalog standard = RuleCatalog.of(rule);
        for (Rule.Example example : rule.examples()) {
            Scan scan = new Scan(standard.with(ParameterValues.of(rule, example.values())));
            ScanResult result = scan.of(Artifacts.of(Artifact.of(example.file(), example.text())));
            result.unreadable().forEach(unreadable -> problems.add(unreadable.text()));
            result.errors().forEach(error -> problems.add(error.text()));
            problems.addAll(differences(rule, example, result));
        }
        return problems;
    }

    private static List<String> differences(Rule rule, Rule.Example example, ScanResult result) {
        List<String> found =
                result.findings().stream()
                        .map(finding -> "line " + finding.line() + ": " + finding.message())
                        .toList();
        if (example.passes()) {
            return found.isEmpty() && result.unknowns().isEmpty() && (held(result) || isNever(rule))
                    ? List.of()
                    : List.of("the passing example gives " + found + ", not a pass");
        }
        if (found.isEmpty()) {
            return List.of("the failing example gives no finding");
        }
        return example.findings().isEmpty() || example.findings().equals(found)
                ? List.of()
                : List.of("the failing example gives " + found + ", not " + example.findings());
    }

    private static boolean held(ScanResult result) {
        return result.tallies().stream().anyMatch(tally -> tally.passed() > 0);
    }

    /// A rule against a thing as such never passes: where the thing is not, there is no evaluation.
    private static boolean isNever(Rule rule) {
        return rule.requires().text().equals("false");
    }
}
