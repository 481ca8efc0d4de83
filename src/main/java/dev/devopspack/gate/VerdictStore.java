package dev.devopspack.gate;

import dev.devopspack.change.ChangeSetId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Keeps what the gates said, newest last; what was stored is never changed.
public interface VerdictStore {

    void store(ChangeSetId changeSet, Verdicts verdicts, Instant at);

    /// The newest verdicts on the change set.
    Optional<Verdicts> latest(ChangeSetId changeSet);

    /// How often the gates of a change set were judged on each day, and how often none failed.
    ///
    /// Days on which nothing was judged are left out; of very many only the newest are looked at.
    ///
    /// @param since days before this one are not looked at
    List<Day> days(LocalDate since);

    /// @param day in UTC
    /// @param passed how many of the judged had no gate that failed
    record Day(LocalDate day, int judged, int passed) {}
}
