package dev.devopspack.approval.emergency;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// That one approver let a change through alone.
///
/// @param incident what the person named it by
/// @param act the signed act
/// @param skipped the approvers who were not asked: each was told in the audit log
/// @param review what another person said of it, once one did
public record BrokenGlass(
        ApprovalId approval,
        PersonId by,
        String incident,
        String reason,
        Instant at,
        Digest act,
        List<PersonId> skipped,
        @Nullable Review review) {

    public BrokenGlass {
        skipped = List.copyOf(skipped);
    }

    /// What another person found.
    ///
    /// @param justified whether it was right to do it
    /// @param act the signed act
    public record Review(PersonId by, Instant at, boolean justified, String finding, Digest act) {}

    public boolean reviewed() {
        return review != null;
    }
}
