package dev.devopspack.language.kubernetes;

import java.util.List;
import java.util.Optional;

/// Works out the rules in CEL that a custom resource definition asks of an object.
///
/// Values are `Boolean`, `Long`, `Double`, `String`, `List`, `Map` and null, and what this makes.
/// For one set of manifests and one thread: what the rules of a set may cost together is bounded.
public interface RuleJudge {

    /// What stands for a value that some tool fills in before Kubernetes reads it.
    Object filledIn();

    /// What stands for a value that is not read.
    ///
    /// @param why in words that follow `not judged: `
    Object unread(String why);

    /// A list that rules compare without its order.
    List<Object> unordered(List<Object> items);

    /// Asks a rule.
    ///
    /// @param self the value at the place of the rule
    Answer answer(String rule, Object self);

    /// The text that an expression makes; empty where it makes none.
    Optional<String> text(String expression, Object self);

    /// What a rule may answer.
    sealed interface Answer {

        record Holds() implements Answer {}

        record Fails() implements Answer {}

        /// Kubernetes refuses it as if it failed.
        ///
        /// @param why for example `there is no 'size'`
        record NoValue(String why) implements Answer {}

        /// It depends on what a tool fills in.
        record Open() implements Answer {}

        /// It is not worked out here.
        ///
        /// @param why in words that follow `not judged: `
        record NotJudged(String why) implements Answer {}
    }
}
