package dev.devopspack.policy;

import dev.devopspack.policy.condition.Condition;
import dev.devopspack.policy.condition.Function;
import dev.devopspack.policy.condition.Function.Kind;
import dev.devopspack.policy.condition.Term;
import dev.devopspack.policy.condition.TermParameters;
import dev.devopspack.policy.condition.TermParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The language of rules: CEL over `self`, our functions, and an equality that knows Terraform's
/// conversions and the unknown.
final class RuleLanguage {

    private static final List<Kind> TWO = List.of(Kind.ANY, Kind.ANY);

    private static final Map<String, Function> FUNCTIONS = functions();

    private RuleLanguage() {}

    /// @param value what the expression gives for a subject's `self`: a value, `CelUnknownSet`, or
    ///   a {@link dev.devopspack.policy.condition.Problem}
    /// @param paths the attributes that the expression names, in its order
    record Program(java.util.function.Function<Object, Object> value, List<String> paths) {}

    /// An expression that is known to be right, because a test checked it. What our own parser does
    /// not read is left to CEL's.
    ///
    /// @param values of the rule's parameters
    static Program program(Rule.Expression expression, Map<String, Object> values) {
        return TermParser.parse(expression.text())
                .map(term -> TermParameters.put(term, values))
                .flatMap(RuleLanguage::program)
                .orElseGet(() -> CheckedLanguage.get().program(expression, values));
    }

    /// Binds a term to the functions of rules.
    ///
    /// @return empty where the term calls what is not known here
    static Optional<Program> program(Term term) {
        return Condition.of(term, FUNCTIONS)
                .map(condition -> new Program(condition::of, MentionedPaths.in(term)));
    }

    private static Map<String, Function> functions() {
        Map<String, Function> functions = new HashMap<>();
        RuleFunctions.all().stream()
                .map(RuleFunctions.Described::function)
                .forEach(function -> functions.put(function.name(), function));
        functions.put("_==_", operator("_==_", values -> Equality.equal(values[0], values[1])));
        functions.put("_!=_", operator("_!=_", values -> Equality.notEqual(values[0], values[1])));
        functions.put("@in", operator("@in", values -> Equality.in(values[0], values[1])));
        return Map.copyOf(functions);
    }

    private static Function operator(String name, Function.Body body) {
        return new Function(name, false, Kind.TRUTH, TWO, body);
    }
}
