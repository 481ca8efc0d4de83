package dev.devopspack.audit;

import java.util.Optional;

/// The key that this installation's checkpoints are signed with, and nothing else: in a file, or in
/// a key management service.
public interface CheckpointKey {

    /// What they are verified with; its name is the log's.
    LogKey open();

    /// @return the 64 bytes of the Ed25519 signature
    byte[] sign(byte[] message);

    /// A second key of another algorithm, ML-DSA-44, which the log signs the same checkpoints with:
    /// those who fear that Ed25519 will be broken pin both. A key management service may lack it.
    default Optional<Cosigner> cosigner() {
        return Optional.empty();
    }
}
