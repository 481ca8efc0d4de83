package dev.devopspack.approval;

/// The server's keys for grants: in a file, or in a key management service.
public interface SigningKeys {

    /// The id of the key that signs now.
    String currentKeyId();

    /// @return the 64 bytes of the Ed25519 signature made with the current key
    byte[] sign(byte[] message);

    /// Every key that signed something which may still be checked.
    KeySet published();
}
