package dev.devopspack.manager;

import dev.devopspack.change.ChangeSet;
import dev.devopspack.review.ChangePlan;
import dev.devopspack.review.CostEstimate;
import dev.devopspack.review.Fact;
import dev.devopspack.review.RiskFacts;
import dev.devopspack.review.SemanticDifference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a change set changes, and what is risky about it.
@ApplicationScoped
class Reviews {

    private final KnownChangeSets changeSets;
    private final ReviewCache cache = new ReviewCache();

    Reviews(KnownChangeSets changeSets) {
        this.changeSets = changeSets;
    }

    /// @param previous the release before it, where it is compared with one
    /// @param document plan, risks and cost as they are answered
    record Review(
            Optional<ChangeSet> previous,
            ChangePlan plan,
            List<Fact> risks,
            CostEstimate cost,
            Map<String, Object> document) {

        static Review of(
                @Nullable ChangeSet previous,
                ChangePlan plan,
                List<Fact> risks,
                CostEstimate cost) {
            Map<String, Object> document = new LinkedHashMap<>(plan.document());
            document.put("risks", risks.stream().map(Fact::document).toList());
            document.put("cost", cost.document());
            return new Review(
                    Optional.ofNullable(previous),
                    plan,
                    risks,
                    cost,
                    Collections.unmodifiableMap(document));
        }
    }

    /// By the plan that the caller gave, else by the difference to the stack's last release.
    Review of(ChangeSet changeSet) {
        Optional<ChangeSet> previous =
                changeSets
                        .lastReleased(changeSet.target().stack())
                        .filter(released -> !released.digest().equals(changeSet.digest()));
        ChangeSet released = previous.orElse(null);
        return cache.of(changeSet, released)
                .orElseGet(() -> {
                    Review review = between(changeSet, released);
                    cache.keep(changeSet, released, review);
                    return review;
                });
    }

    private static Review between(ChangeSet changeSet, @Nullable ChangeSet released) {
        ChangePlan plan = SemanticDifference.of(released, changeSet);
        return Review.of(
                released, plan, RiskFacts.of(plan, changeSet, released), CostEstimate.of(plan));
    }
}
