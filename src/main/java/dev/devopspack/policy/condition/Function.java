package dev.devopspack.policy.condition;

import java.util.List;

/// A function that conditions can call beside CEL's own.
///
/// It is given what is not known as `CelUnknownSet` and says itself what follows from it.
///
/// @param member whether it is called as a method of its first argument
public record Function(String name, boolean member, Kind result, List<Kind> parameters, Body body) {

    public Function {
        parameters = List.copyOf(parameters);
    }

    /// What the type check of a rule's text asks for.
    public enum Kind {
        ANY,
        TEXT,
        WHOLE,
        TRUTH,
        LIST
    }

    /// Throws `ClassCastException` where an argument is none that it takes.
    @FunctionalInterface
    public interface Body {
        Object apply(Object[] arguments);
    }
}
