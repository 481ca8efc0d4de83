package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.Described;
import org.jspecify.annotations.Nullable;

/// A link with what it shows.
public record LinkInput(
        @Described(value = "What it shows.", example = "API latency") @Nullable String title,
        @Described(value = "http or https.", example = "https://grafana.example.com/d/api")
                String url) {}
