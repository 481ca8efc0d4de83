package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is told of what, and whether it arrived.
///
/// @param note what was just done, where something was
record NoticesPage(@Nullable String note, List<HookRow> hooks, List<DeliveryRow> deliveries) {

    /// @param person whose hook it is, else empty
    /// @param kinds the audit log's names of what it is told
    record HookRow(String name, String shape, String host, String person, List<String> kinds) {}

    record DeliveryRow(
            Moment at,
            String hook,
            String kind,
            long entry,
            Pill state,
            int attempts,
            String problem) {}
}
