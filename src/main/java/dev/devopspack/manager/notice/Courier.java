package dev.devopspack.manager.notice;

import java.util.List;

/// Takes messages out. One attempt each; trying again is the {@link NoticeDesk}'s.
public interface Courier {

    /// In the order of their names; empty where nothing is configured.
    List<Hook> hooks();

    /// Tries once.
    ///
    /// @param hook a name of {@link #hooks}
    Sent send(String hook, Notice notice);

    /// What became of one attempt.
    sealed interface Sent {

        record Delivered() implements Sent {}

        /// It did not arrive, or nobody said that it did.
        ///
        /// @param problem what is wrong, without the address
        /// @param again whether a later attempt can go better
        record Failed(String problem, boolean again) implements Sent {}
    }
}
