package dev.devopspack.policy.condition;

/// Why an expression has no value: a function that does not take what it was given, an attribute of
/// what has none. A value, because the other side of an `||` may still answer.
public record Problem(String message) {}
