package dev.devopspack.language.dockerfile;

/// A place in a file.
///
/// @param line from 1
/// @param column from 1, in characters
public record Position(int line, int column) {}
