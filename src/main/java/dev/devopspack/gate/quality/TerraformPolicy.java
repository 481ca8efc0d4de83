package dev.devopspack.gate.quality;

/// The policy `terraform-cli`: whether a step that could not be run fails the gate.
public enum TerraformPolicy {
    REQUIRED,
    IF_PRESENT
}
