package dev.devopspack.language.shell;

/// A word of a command.
///
/// @param text what the shell would see without its quotes; variables stand as they are written
/// @param offset where it begins in the script
/// @param quoted whether some of it stood in quotes
/// @param expands whether a variable or a command's output is part of it
public record ShellWord(String text, int offset, boolean quoted, boolean expands) {}
