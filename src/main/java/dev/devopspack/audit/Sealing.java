package dev.devopspack.audit;

/// Makes checkpoints for what is handed out together with entries that are not committed yet.
public interface Sealing {

    /// Signs a checkpoint over the whole log within the caller's transaction, whose own entries are
    /// the last ones. It becomes one of the log's checkpoints when the transaction is committed;
    /// where it is not, nobody must get to see it.
    ///
    /// @throws AuditUnavailable if the log is not the one that was signed before
    SignedCheckpoint seal();

    /// @param sequence the entry's number, from 1
    /// @param size at most the newest checkpoint's
    /// @throws dev.devopspack.task.InvalidInput if there is no such entry or tree
    InclusionProof inclusion(long sequence, long size);
}
