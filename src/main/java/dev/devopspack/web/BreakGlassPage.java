package dev.devopspack.web;

import java.util.List;

/// What one person let through alone, and the form of who reviews it.
record BreakGlassPage(List<Row> uses) {

    BreakGlassPage {
        uses = List.copyOf(uses);
    }

    /// @param review what another person found; empty while it waits
    /// @param mayReview whether the reader has a role for it
    record Row(
            String approval,
            String changeSet,
            String environment,
            String by,
            String incident,
            String reason,
            Moment at,
            int skipped,
            Pill state,
            String review,
            boolean mayReview) {}
}
