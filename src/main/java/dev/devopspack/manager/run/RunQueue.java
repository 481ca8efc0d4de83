package dev.devopspack.manager.run;

/// Runs that wait for a process to work on them; what a killed process worked on waits again.
public interface RunQueue {

    /// Joins the transaction that is open: a run that is stored is also queued.
    void add(RunId id);

    /// Has a process look at once whether something waits, instead of soon.
    void hurry();
}
