package dev.devopspack.approval.emergency;

import dev.devopspack.approval.ApprovalId;
import java.util.List;
import java.util.Optional;

/// Keeps how often the glass was broken, and what was said of it.
public interface BrokenGlassStore {

    /// @return false where an earlier use waits for its review
    boolean insert(BrokenGlass broken);

    /// Keeps the review, in one statement.
    ///
    /// @return false where it was reviewed before
    boolean review(ApprovalId approval, BrokenGlass.Review review);

    Optional<BrokenGlass> find(ApprovalId approval);

    /// The use that waits for a review, where there is one.
    Optional<BrokenGlass> unreviewed();

    /// The newest first.
    List<BrokenGlass> newest(int limit);
}
