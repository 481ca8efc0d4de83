package dev.devopspack.manager.notice;

import java.util.Set;

/// Where messages go, as the administrator configured it. Its address is not here: for many
/// services whoever knows it may write.
///
/// @param name in the configuration, for example `ops`
/// @param shape of its messages: `cloudevents`, `slack` or `teams`
/// @param host of its address
public record Hook(String name, String shape, String host, Set<NoticeKind> kinds) {

    public Hook {
        kinds = Set.copyOf(kinds);
    }
}
