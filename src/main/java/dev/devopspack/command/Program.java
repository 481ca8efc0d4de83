package dev.devopspack.command;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.identity.Principal;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.evidence.Evidence;

/// The started program, as a command uses it.
///
/// @param caller whom the data folder's own token stands for
public record Program(
        Manager manager,
        Evidence evidence,
        AuditLog auditLog,
        Checkpoints checkpoints,
        Principal caller) {}
