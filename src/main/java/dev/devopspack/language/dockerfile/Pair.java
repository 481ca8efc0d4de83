package dev.devopspack.language.dockerfile;

import org.jspecify.annotations.Nullable;

/// A name and its value in `ENV`, `ARG` or `LABEL`.
///
/// @param value without quotes; null where none is written: `ARG VERSION`
public record Pair(String name, @Nullable String value, Position at) {}
