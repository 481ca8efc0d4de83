package dev.devopspack.manager.notice;

import java.time.Instant;

/// Messages that wait for a process to send them; what a killed process was sending is sent again.
public interface NoticeQueue {

    /// Joins the transaction that is open.
    ///
    /// @param at when it is sent at the earliest
    void add(long delivery, Instant at);
}
