package dev.devopspack.identity;

/// What an authenticator returned when it made a passkey; base64url without padding.
record Attestation(String attestationObject, String clientDataJson) {}
