package dev.devopspack.policy;

import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What somebody sets of the rules' parameters, read from one file:
///
/// ```yaml
/// parameters:
///   DP-AWS-LOG-002: {days: 400}
/// ```
public final class ParameterValues {

    static final ParameterValues NONE = new ParameterValues(Map.of());

    private final Map<String, Map<String, Object>> byRule;

    private ParameterValues(Map<String, Map<String, Object>> byRule) {
        this.byRule = new TreeMap<>(byRule);
    }

    /// Reads the file strictly.
    ///
    /// @param rules whose parameters there are
    /// @throws InvalidInput with `file:line:column` of a rule or a parameter that is not there, or
    ///   of a value that is not of its type
    static ParameterValues read(String file, byte[] bytes, RuleCatalog rules) {
        YamlMap all =
                StrictYaml.read(file, bytes)
                        .only(Set.of("parameters"))
                        .map("parameters")
                        .orElse(null);
        if (all == null) {
            throw new InvalidInput(
                    file, "'parameters' is missing", "Write `parameters: {RULE: {name: value}}`.");
        }
        Map<String, Map<String, Object>> byRule = new LinkedHashMap<>();
        for (String id : all.keys()) {
            Rule rule = rules.find(id).orElseThrow(() -> unknown(all, id, rules));
            byRule.put(id, values(id, rule.parameters(), all.map(id).orElseThrow()));
        }
        return new ParameterValues(byRule);
    }

    private static InvalidInput unknown(YamlMap all, String id, RuleCatalog rules) {
        List<String> near =
                Nearest.to(id, Set.copyOf(rules.rules().stream().map(Rule::id).toList()), 1);
        return all.refusal(
                id,
                "there is no rule '" + Shown.of(id) + "'",
                near.isEmpty()
                        ? "docs/rules.md lists them."
                        : "Did you mean " + near.getFirst() + ".");
    }

    /// @param rule what it is called in a refusal
    static Map<String, Object> values(
            String rule, Map<String, RuleParameter> parameters, YamlMap given) {
        if (parameters.isEmpty()) {
            throw given.refusal(null, rule + " has no parameters", "Leave them out.");
        }
        given.only(parameters.keySet());
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : given.keys()) {
            RuleParameter parameter = parameters.get(name);
            Object value = given.literal(name);
            if (parameter == null || !parameter.type().takes(value)) {
                String wanted = parameter == null ? "known" : parameter.type().wanted();
                throw given.refusal(
                        name,
                        "'" + name + "' is not " + wanted,
                        parameter == null ? "Leave it out." : "Write " + wanted + ".");
            }
            values.put(name, value);
        }
        return values;
    }

    static ParameterValues of(Rule rule, Map<String, Object> values) {
        return values.isEmpty() ? NONE : new ParameterValues(Map.of(rule.id(), values));
    }

    /// The values of a rule's parameters: those that are set, else the standard.
    Map<String, Object> of(Rule rule) {
        Map<String, Object> values = new LinkedHashMap<>();
        rule.parameters().forEach((name, parameter) -> values.put(name, parameter.standard()));
        values.putAll(byRule.getOrDefault(rule.id(), Map.of()));
        return values;
    }

    /// What is set, by rule.
    Map<String, Map<String, Object>> set() {
        return byRule;
    }
}
