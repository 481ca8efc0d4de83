package dev.devopspack.language.dockerfile;

/// A here-document of an instruction.
///
/// @param name the word that ends it
/// @param body its lines, each with its line break; leading tabs are gone where `<<-` asks for it
/// @param expands whether the builder expands variables in it: the name stands without quotes
/// @param firstLine the file's line of the body's first line, from 1
/// @param opening the offset of its `<<` in the instruction's text
public record Heredoc(String name, String body, boolean expands, int firstLine, int opening) {}
