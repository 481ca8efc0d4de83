package dev.devopspack.language.dockerfile;

/// An option of an instruction: `--from=build`.
///
/// @param name without dashes, for example `from`
/// @param value empty where the option has none
public record Flag(String name, String value, Position at) {}
