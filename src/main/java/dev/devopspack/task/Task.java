package dev.devopspack.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is asked: a type, its input and where the result shall go.
///
/// @param input the typed input as plain JSON values: `String`, `Long`, `BigDecimal`, `Boolean`,
///   `List`, `Map` with string keys, in the caller's order; never null values
/// @param request what is wanted in plain language, where the caller said so
/// @param capability the capability of the type's agent, where the caller named one
/// @param stack the line of change sets that this belongs to, where the caller named one
public record Task(
        TaskType type,
        @Nullable String capability,
        Map<String, Object> input,
        @Nullable String request,
        @Nullable Environment environment,
        @Nullable StackName stack) {}
