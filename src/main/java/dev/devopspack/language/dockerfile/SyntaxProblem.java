package dev.devopspack.language.dockerfile;

/// What a builder would refuse to read.
///
/// @param message what is wrong and what to type instead
public record SyntaxProblem(Position at, String message) {}
