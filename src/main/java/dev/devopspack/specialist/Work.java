package dev.devopspack.specialist;

import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import org.jspecify.annotations.Nullable;

/// What a capability is told besides its input.
///
/// @param environment what the outcome is meant for, where the caller said so
/// @param stack the line of change sets that it continues, where the caller named one
public record Work(@Nullable Environment environment, @Nullable StackName stack) {}
