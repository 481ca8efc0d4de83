package dev.devopspack.manager;

import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.manager.Reviews.Review;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest reviews, because people and pipelines ask for the same change set again and again
/// while they wait for a decision. A review follows from two change sets, which never change.
final class ReviewCache {

    /// Bytes of files and characters of plans. What was read from them takes some five times as
    /// many bytes of memory.
    static final int MAX_SIZE = 4 * 1_024 * 1_024;

    /// @param released what it is compared with; null where with nothing
    private record Key(Digest changed, @Nullable Digest released) {

        static Key of(ChangeSet changeSet, @Nullable ChangeSet released) {
            return new Key(changeSet.digest(), released == null ? null : released.digest());
        }
    }

    /// @param changeSet compared anew each time, so that nothing is taken for the review of what
    ///   only has the same name
    private record Kept(ChangeSet changeSet, @Nullable ChangeSet released, Review review) {

        boolean isOf(ChangeSet asked, @Nullable ChangeSet before) {
            return changeSet.equals(asked) && Objects.equals(released, before);
        }

        long size() {
            return KnownChangeSets.size(changeSet)
                    + (released == null ? 0 : KnownChangeSets.size(released));
        }
    }

    private final Recent<Key, Kept> recent = new Recent<>(MAX_SIZE, Kept::size);

    Optional<Review> of(ChangeSet changeSet, @Nullable ChangeSet released) {
        return recent.find(Key.of(changeSet, released))
                .filter(known -> known.isOf(changeSet, released))
                .map(Kept::review);
    }

    void keep(ChangeSet changeSet, @Nullable ChangeSet released, Review review) {
        recent.keep(Key.of(changeSet, released), new Kept(changeSet, released, review));
    }
}
