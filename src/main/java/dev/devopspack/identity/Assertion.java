package dev.devopspack.identity;

/// What an authenticator returned to prove that its person is there and meant it.
///
/// All parts are base64url without padding, byte for byte as received.
public record Assertion(
        String credentialId, String authenticatorData, String clientDataJson, String signature) {}
