package dev.devopspack.approval.enforcement.kubernetes;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.change.Digest;
import java.time.Instant;
import java.util.Optional;

/// Remembers what clusters were answered, and which approved objects they took.
public interface AdmissionStore {

    /// What the same review was answered before.
    Optional<Admission> answer(String cluster, String uid);

    /// Keeps the answer unless there is one.
    ///
    /// @return whether it was kept
    boolean keep(String cluster, Admission answer, Instant at);

    /// Notes that the cluster takes the approved object now, unless it did so before.
    ///
    /// @param object names the object
    /// @param content the digest of what is stored
    /// @return when it was taken first, with what content: now, or before
    Taken take(ApprovalId approval, String cluster, String object, Digest content, Instant now);

    /// Forgets answers that nobody asks for again.
    void forgetBefore(Instant then);

    record Taken(Digest content, Instant at) {}
}
