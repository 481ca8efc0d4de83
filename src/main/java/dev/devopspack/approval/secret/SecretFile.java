package dev.devopspack.approval.secret;

/// A file that a request came to: manifests, steps or sealed bytes, never a value.
public record SecretFile(String name, String mediaType, String text) {}
