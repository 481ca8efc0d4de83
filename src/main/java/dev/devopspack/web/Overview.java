package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first page: what waits, what was asked for, what was decided, how the house is.
record Overview(
        String greeting,
        String headline,
        List<WaitingRow> waiting,
        List<ChangeSetRow> asked,
        List<ChangeSetRow> decided,
        List<Plot> plots,
        List<Number> numbers) {

    /// @param summary what changes and what is risky, in one line
    record WaitingRow(
            String id,
            String code,
            String stack,
            String environment,
            String summary,
            String askedBy,
            Moment createdAt,
            @Nullable Moment decideBy) {}

    record Number(String label, String value, String note, String tone) {}
}
