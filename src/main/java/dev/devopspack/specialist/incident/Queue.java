package dev.devopspack.specialist.incident;

import org.jspecify.annotations.Nullable;

/// A message queue.
record Queue(QueueSystem system, @Nullable Identifier name, @Nullable Identifier group) {}
