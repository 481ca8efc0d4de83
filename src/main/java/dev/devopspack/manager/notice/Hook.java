package dev.devopspack.manager.notice;

import dev.devopspack.audit.StoredEntry;
import dev.devopspack.identity.PersonId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where messages go, as the administrator configured it. Its address is not here: for many
/// services whoever knows it may write.
///
/// @param name in the configuration, for example `ops`
/// @param shape of its messages: `cloudevents`, `slack` or `teams`
/// @param host of its address
/// @param every how long requests are gathered before one message tells of all that wait; zero
///   where each is told at once
/// @param person whose hook it is: it is told of what waits for him; nothing where several people
///   read it
public record Hook(
        String name,
        String shape,
        String host,
        Set<NoticeKind> kinds,
        Duration every,
        @Nullable PersonId person) {

    /// What somebody did to a person's account. He hears of it himself: whoever enrols a passkey in
    /// another's name does not tell him.
    static final Set<NoticeKind> OF_HIMSELF =
            Set.of(NoticeKind.ENROLLED, NoticeKind.PASSKEY_REMOVED, NoticeKind.ROLES_CHANGED);

    /// What one person's hook is told of: what asks him for something, and what is about himself.
    public static final Set<NoticeKind> PERSONAL =
            Set.of(
                    NoticeKind.OPENED,
                    NoticeKind.SECRET_REQUESTED,
                    NoticeKind.ENDS_SOON,
                    NoticeKind.ENROLLED,
                    NoticeKind.PASSKEY_REMOVED,
                    NoticeKind.ROLES_CHANGED);

    private static final Set<NoticeKind> GATHERED_FOR_ONE =
            Set.of(NoticeKind.OPENED, NoticeKind.SECRET_REQUESTED);

    public Hook {
        kinds = Set.copyOf(kinds);
    }

    /// Which kinds go into one message together: only new requests do, everything else is told at
    /// once. A person's message has secrets in it as well.
    Set<NoticeKind> gathered() {
        if (!every.isPositive()) {
            return Set.of();
        }
        return person == null ? Set.of(NoticeKind.OPENED) : GATHERED_FOR_ONE;
    }

    /// Whether the entry is about the very person whose hook it is.
    boolean isAbout(NoticeKind kind, StoredEntry entry) {
        return person != null
                && OF_HIMSELF.contains(kind)
                && person.toString().equals(entry.entry().facts().get("person"));
    }

    /// Whether messages of this kind are gathered.
    boolean gathers(NoticeKind kind) {
        return gathered().contains(kind);
    }
}
