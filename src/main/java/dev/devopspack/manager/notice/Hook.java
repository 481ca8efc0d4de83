package dev.devopspack.manager.notice;

import java.time.Duration;
import java.util.Set;

/// Where messages go, as the administrator configured it. Its address is not here: for many
/// services whoever knows it may write.
///
/// @param name in the configuration, for example `ops`
/// @param shape of its messages: `cloudevents`, `slack` or `teams`
/// @param host of its address
/// @param every how long requests are gathered before one message tells of all that wait; zero
///   where each is told at once
public record Hook(String name, String shape, String host, Set<NoticeKind> kinds, Duration every) {

    public Hook {
        kinds = Set.copyOf(kinds);
    }

    /// Whether messages of this kind are gathered: only new requests are, everything else is told
    /// at once.
    boolean gathers(NoticeKind kind) {
        return kind == NoticeKind.OPENED && every.isPositive();
    }
}
