package dev.devopspack.gate;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.policy.ScanResult;

/// What the security and the compliance gate look at.
///
/// @param changeSet the digest of the change set that is judged
/// @param scan of exactly these artifacts
/// @param evidence what the manager knows beyond the files
public record GateInput(
        Digest changeSet, Artifacts artifacts, ScanResult scan, ComplianceEvidence evidence) {}
