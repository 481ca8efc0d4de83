package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import java.util.Optional;

/// How runs of the same group wait for each other.
///
/// @param span of the key `concurrency`
/// @param group may hold expressions
/// @param cancels what `cancel-in-progress` says, where it is written
public record Concurrency(Span span, String group, Optional<String> cancels) {}
