package dev.devopspack.policy.kubernetes;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.kubernetes.RuleJudge;
import dev.devopspack.policy.Unknowns;
import dev.devopspack.policy.condition.Condition;
import dev.devopspack.policy.condition.Problem;
import dev.devopspack.policy.condition.TermParser;
import dev.devopspack.policy.condition.Turns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Works out the rules in CEL of custom resource definitions. What they may cost together is
/// bounded: they come with the files.
final class DefinitionRules implements RuleJudge {

    /// Rules are a line or a few; a turn of a macro in a longer one costs too much.
    static final int MAX_CHARACTERS = 2_000;

    /// The definitions of a whole platform have about a thousand rules.
    static final int MAX_RULES = 2_000;

    /// A set of hundreds of objects asks thousands of rules with some turns each; as many as these
    /// take a second or two.
    static final int MAX_TURNS = 500_000;

    /// An evaluation, and each turn of a macro in it, does as much for each so many characters of
    /// its text as a short one.
    private static final int CHARACTERS_OF_A_TURN = 50;

    private static final CelUnknownSet FILLED_IN = Unknowns.because("a tool fills it in");

    private final Turns turns = new Turns(MAX_TURNS);
    private final DefinitionFunctions functions = new DefinitionFunctions(turns);
    private final Map<String, Compiled> compiled = new HashMap<>();

    /// @param condition empty where the text cannot be read; why says what of it
    private record Compiled(Optional<Condition> condition, String why) {}

    @Override
    public Object filledIn() {
        return FILLED_IN;
    }

    @Override
    public Object unread(String why) {
        return DefinitionFunctions.notDone(why);
    }

    @Override
    public List<Object> unordered(List<Object> items) {
        return new DefinitionFunctions.Unordered(items);
    }

    @Override
    public Answer answer(String rule, Object self) {
        Compiled known = known(rule);
        if (known.condition().isEmpty()) {
            return new Answer.NotJudged(known.why());
        }
        Object value = value(known.condition().get(), rule, self);
        return switch (value) {
            case Boolean holds -> holds ? new Answer.Holds() : new Answer.Fails();
            case CelUnknownSet unknown ->
                    reason(unknown).<Answer>map(Answer.NotJudged::new).orElseGet(Answer.Open::new);
            case Problem _ when turns.areUsedUp() ->
                    new Answer.NotJudged("the rules of these files ask for too much work");
            case Problem problem -> new Answer.NoValue(problem.message());
            default -> new Answer.NotJudged("it gives no yes or no");
        };
    }

    @Override
    public Optional<String> text(String expression, Object self) {
        return known(expression)
                .condition()
                .map(condition -> value(condition, expression, self))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private Object value(Condition condition, String text, Object self) {
        int cost = 1 + text.length() / CHARACTERS_OF_A_TURN;
        return turns.take(cost) ? condition.of(self, turns, cost) : new Problem("too much work");
    }

    private Compiled known(String text) {
        Compiled known = compiled.get(text);
        if (known == null && compiled.size() >= MAX_RULES) {
            return new Compiled(Optional.empty(), "these files have too many rules");
        }
        if (known == null) {
            known = compiled(text);
            compiled.put(text, known);
        }
        return known;
    }

    private Compiled compiled(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return new Compiled(Optional.empty(), "it is longer than " + MAX_CHARACTERS);
        }
        Optional<Condition> condition =
                TermParser.parse(text).flatMap(term -> Condition.of(term, functions.byName()));
        return new Compiled(condition, "it says something in CEL that is not read here");
    }

    /// Why a value is not known; empty where all that is missing is filled in later.
    private static Optional<String> reason(CelUnknownSet unknown) {
        return unknown.attributes().stream()
                .filter(attribute -> !FILLED_IN.attributes().contains(attribute))
                .flatMap(attribute -> attribute.qualifiers().stream().skip(1))
                .map(CelAttribute.Qualifier::asString)
                .sorted()
                .findFirst();
    }
}
