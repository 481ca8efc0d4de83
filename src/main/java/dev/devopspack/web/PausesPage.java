package dev.devopspack.web;

import java.util.List;

/// The kill switch: what is paused, what was, and the form for admins.
///
/// @param mayPause whether the reader is an admin
/// @param agents the names that can be paused
/// @param environments those that are known; others can be typed
record PausesPage(
        List<Row> active,
        List<Row> ended,
        boolean mayPause,
        List<String> agents,
        List<String> environments) {

    PausesPage {
        active = List.copyOf(active);
        ended = List.copyOf(ended);
        agents = List.copyOf(agents);
        environments = List.copyOf(environments);
    }

    /// @param lifted how it ended; empty while it holds
    record Row(String id, String what, String by, Moment since, String reason, String lifted) {}
}
