package dev.devopspack.identity;

import dev.devopspack.change.Digest;
import java.time.Instant;
import java.util.Optional;

/// Keeps enrolment links.
public interface EnrolmentStore {

    void insert(EnrolmentLink link);

    Optional<EnrolmentLink> find(Digest hash);

    /// Uses the link up if it is unused and not expired at `now`, in one statement.
    ///
    /// @return whether it was this call that used it up
    boolean use(Digest hash, Instant now);

    /// Makes every unused link of the person useless.
    void revokeOf(PersonId person, Instant now);
}
