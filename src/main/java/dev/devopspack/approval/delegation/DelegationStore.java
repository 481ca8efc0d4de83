package dev.devopspack.approval.delegation;

import dev.devopspack.approval.act.Ended;
import dev.devopspack.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps delegations.
public interface DelegationStore {

    void insert(Delegation delegation);

    /// Takes it back, in one statement.
    ///
    /// @return false where it was taken back before
    boolean end(String id, Ended ended);

    Optional<Delegation> find(String id);

    /// Those to the person that were not taken back and run at `now`, the oldest first.
    List<Delegation> running(PersonId to, Instant now);

    /// The newest first, also those that have ended.
    List<Delegation> newest(int limit);
}
