package dev.devopspack.language.dockerfile;

/// A word of an instruction.
///
/// @param raw as it is written, with its quotes
/// @param text without quotes and escapes; variables stand as they are written
public record Word(String raw, String text, Position at) {}
