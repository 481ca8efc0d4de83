package dev.devopspack.manager.notice;

/// Messages that wait for a process to send them; what a killed process was sending is sent again.
public interface NoticeQueue {

    /// Joins the transaction that is open.
    void add(long delivery);
}
