package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.Described;
import org.jspecify.annotations.Nullable;

/// The queue of a {@link RunbookInput}.
public record QueueInput(
        @Described("What kind of queue it is.") QueueSystem system,
        @Described(value = "Queue, or topic for Kafka.", example = "orders") @Nullable String name,
        @Described(value = "Kafka: the consumer group.", example = "orders-worker")
                @Nullable String group) {}
