package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import java.util.List;
import java.util.Map;

/// An event that starts a workflow.
///
/// @param span of the event's name
/// @param types the activity types it is narrowed to; empty for the default ones
/// @param filters the other filters by their key: `branches`, `tags`, `paths`
public record Trigger(
        String event, Span span, List<String> types, Map<String, List<String>> filters) {
    public Trigger {
        types = List.copyOf(types);
        filters = Map.copyOf(filters);
    }
}
