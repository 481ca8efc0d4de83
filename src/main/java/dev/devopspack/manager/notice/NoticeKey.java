package dev.devopspack.manager.notice;

import dev.devopspack.approval.KeySet;

/// The key that messages are signed with, and nothing else.
public interface NoticeKey {

    String currentKeyId();

    /// Signs with Ed25519.
    ///
    /// @return the 64 bytes of the Ed25519 signature
    byte[] sign(byte[] message);

    /// What receivers verify with.
    KeySet published();
}
