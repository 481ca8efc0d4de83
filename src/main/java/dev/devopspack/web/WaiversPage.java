package dev.devopspack.web;

import java.util.List;

/// What people accept although a rule says no.
record WaiversPage(List<Row> running, List<Row> ended) {

    WaiversPage {
        running = List.copyOf(running);
        ended = List.copyOf(ended);
    }

    /// @param state whether it counts, ends soon or how it ended
    /// @param mayEnd whether the reader may take it back
    record Row(
            String id,
            String rule,
            String place,
            String finding,
            String stack,
            String environment,
            String by,
            Moment since,
            Moment until,
            String reason,
            Pill state,
            boolean mayEnd) {}
}
