package dev.devopspack.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.Target;
import dev.devopspack.review.CostEstimate;
import dev.devopspack.review.SemanticDifference;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A review is only ever that of the very change sets that were asked for.
class ReviewCacheTest {

    private final ReviewCache cache = new ReviewCache();

    @Test
    void aReviewIsFoundForTheSameChangeSetsAlone() {
        ChangeSet changed = changeSet("a = 1", null);
        ChangeSet released = changeSet("a = 2", null);
        Reviews.Review first = review(changed);
        Reviews.Review compared = review(released);
        cache.keep(changed, null, first);
        cache.keep(changed, released, compared);

        assertEquals(Optional.of(first), cache.of(changeSet("a = 1", null), null));
        assertEquals(Optional.of(compared), cache.of(changed, released));
        assertEquals(Optional.empty(), cache.of(released, null));
        assertEquals(Optional.empty(), cache.of(released, changed));
        assertEquals(Optional.empty(), cache.of(changed, changeSet("a = 3", null)));
    }

    @Test
    void theSameNameWithAnotherPlanIsNotTheSame() {
        ChangeSet planned = changeSet("a = 1", "{\"resource_changes\":[]}");
        ChangeSet other = changeSet("a = 1", "{\"resource_changes\":[{}]}");
        assertEquals(planned.digest(), other.digest(), "the masked text is in no digest");

        cache.keep(planned, null, review(planned));

        assertTrue(cache.of(planned, null).isPresent());
        assertEquals(Optional.empty(), cache.of(other, null));
    }

    @Test
    void whatWasAskedForLongestAgoGoesFirst() {
        String third = "#" + "x".repeat(ReviewCache.MAX_SIZE / 3);
        ChangeSet a = changeSet(third + "a", null);
        ChangeSet b = changeSet(third + "b", null);
        ChangeSet c = changeSet(third + "c", null);
        cache.keep(a, null, review(a));
        cache.keep(b, null, review(b));
        assertTrue(cache.of(a, null).isPresent());

        cache.keep(c, null, review(c));

        assertTrue(cache.of(a, null).isPresent());
        assertEquals(Optional.empty(), cache.of(b, null));
        assertTrue(cache.of(c, null).isPresent());
    }

    @Test
    void whatIsKeptAgainDoesNotCountTwice() {
        ChangeSet half = changeSet("#" + "x".repeat(ReviewCache.MAX_SIZE / 2 - 10), null);
        ChangeSet small = changeSet("a = 1", null);
        cache.keep(small, null, review(small));

        for (int i = 0; i < 5; i++) {
            cache.keep(half, null, review(half));
        }

        assertTrue(cache.of(small, null).isPresent());
        assertTrue(cache.of(half, null).isPresent());
    }

    @Test
    void whatIsTooLongIsNotKept() {
        ChangeSet huge = changeSet("a = 1", "\"" + "x".repeat(ReviewCache.MAX_SIZE) + "\"");

        cache.keep(huge, null, review(huge));

        assertEquals(Optional.empty(), cache.of(huge, null));
    }

    private static Reviews.Review review(ChangeSet changeSet) {
        var plan = SemanticDifference.of(null, changeSet(changeSet.code(), null));
        return Reviews.Review.of(null, plan, List.of(), CostEstimate.of(plan));
    }

    private static ChangeSet changeSet(String text, @Nullable String maskedPlan) {
        Manifest manifest =
                new Manifest(
                        new Origin.Submitted(),
                        Artifacts.of(Artifact.of("main.tf", text + "\n")),
                        maskedPlan == null
                                ? null
                                : new GivenPlan(
                                        null,
                                        Digest.of("the plan"),
                                        GivenPlan.Source.AS_SUBMITTED,
                                        maskedPlan),
                        Target.of(new Environment("production"), new StackName("a/b")),
                        Set.of(GateId.SECURITY),
                        List.of(),
                        new Requester("token:abc", "person-1"),
                        Digest.of("policy"));
        return ChangeSet.of(manifest, "test", List.of(), Instant.parse("2026-11-27T10:00:00Z"));
    }
}
