package dev.devopspack.audit;

/// The key that this installation's checkpoints are signed with, and nothing else: in a file, or in
/// a key management service.
public interface CheckpointKey {

    /// What they are verified with; its name is the log's.
    LogKey open();

    /// @return the 64 bytes of the Ed25519 signature
    byte[] sign(byte[] message);
}
