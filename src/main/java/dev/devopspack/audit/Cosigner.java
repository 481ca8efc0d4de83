package dev.devopspack.audit;

/// Somebody of this program who signs checkpoints with a time.
///
/// @param open what the signatures are verified with
public record Cosigner(CosignerKey open, CosignerKey.Signer signer) {}
