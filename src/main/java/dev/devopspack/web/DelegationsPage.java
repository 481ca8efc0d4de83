package dev.devopspack.web;

import java.util.List;

/// Who decides in whose place, and the form for approvers.
///
/// @param people in whose hands the reader may put his decisions
/// @param environments where the reader approves, as far as they are known
/// @param until the last day that the form proposes
/// @param mayDelegate whether the reader approves anywhere by his own right
record DelegationsPage(
        List<Row> running,
        List<Row> ended,
        List<Named> people,
        List<String> environments,
        String until,
        boolean mayDelegate) {

    DelegationsPage {
        running = List.copyOf(running);
        ended = List.copyOf(ended);
        people = List.copyOf(people);
        environments = List.copyOf(environments);
    }

    record Named(String id, String name) {}

    /// @param mayEnd whether the reader may take it back
    record Row(
            String id,
            String from,
            String to,
            String environment,
            String reason,
            Moment since,
            Moment until,
            Pill state,
            boolean mayEnd) {}
}
