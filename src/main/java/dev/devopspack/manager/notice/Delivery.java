package dev.devopspack.manager.notice;

import java.time.Instant;

/// What became of one message to one hook.
///
/// @param entry the number of the audit entry
/// @param kind as the audit log names it
/// @param attempts how often it was tried
/// @param problem why the last attempt failed, else empty
public record Delivery(
        long id,
        long entry,
        String hook,
        String kind,
        State state,
        int attempts,
        String problem,
        Instant createdAt,
        Instant changedAt) {

    public enum State {
        WAITING,
        DELIVERED,
        GIVEN_UP
    }
}
