package dev.devopspack.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The server's keys for grants: in a file, or in a key management service.
public interface SigningKeys {

    /// The id of the key that signs now.
    String currentKeyId();

    /// Signs with the current key.
    Signed sign(byte[] message);

    /// Signs all of them with the current key, in their order. Asked while the log is held: a
    /// service that is reached over a network signs them in one question.
    default List<Signed> signAll(List<byte[]> messages) {
        return messages.stream().map(this::sign).toList();
    }

    /// @param keyId of the key that signed
    /// @param signature the 64 bytes of the Ed25519 signature
    @SuppressWarnings("ArrayRecordComponent") // looked at once, where it is made
    record Signed(String keyId, byte[] signature) {}

    /// Looks whether a signature can be made now, where that is not known without asking. Asked
    /// before the log is held: a service that hangs keeps one person waiting and not everybody.
    ///
    /// @throws dev.devopspack.change.StoreUnavailable while it cannot
    default void awake() {}

    /// Since when no signature could be made; nothing where the last one was.
    default Optional<Instant> failingSince() {
        return Optional.empty();
    }

    /// Every key that signed something which may still be checked.
    KeySet published();
}
