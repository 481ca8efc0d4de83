package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first page: what waits, what was asked for, what was decided, how the house is.
///
/// @param steps what an admin does first, until all is done; empty for others
/// @param mayAsk whether the reader may send tasks
record Overview(
        String greeting,
        String headline,
        List<Step> steps,
        boolean mayAsk,
        List<WaitingRow> waiting,
        List<ChangeSetRow> asked,
        List<ChangeSetRow> decided,
        List<Plot> plots,
        List<Number> numbers) {

    /// @param summary what changes, in one line
    /// @param dangers what is risky
    record WaitingRow(
            String id,
            String code,
            String stack,
            String environment,
            String summary,
            List<String> dangers,
            String askedBy,
            Moment createdAt,
            @Nullable Moment decideBy) {}

    record Step(String title, String note, String href, boolean done) {}

    record Number(String label, String value, String note, String tone) {}
}
