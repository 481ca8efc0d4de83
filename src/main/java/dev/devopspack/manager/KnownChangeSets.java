package dev.devopspack.manager;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.task.StackName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Change sets for those who look at them. The ones that were looked at last are kept, because
/// people and pipelines ask for the same one again and again while they wait for a decision, and
/// none ever changes: its id is its digest.
///
/// Whoever decides reads the store, which finds what somebody altered in it.
@ApplicationScoped
class KnownChangeSets {

    /// Bytes of files and characters of plans: some hundred change sets as large as the one of a
    /// cluster.
    private static final long MAX_SIZE = 8 * 1_024 * 1_024;

    private final ChangeSetStore store;
    private final Recent<ChangeSetId, ChangeSet> recent =
            new Recent<>(MAX_SIZE, KnownChangeSets::size);

    KnownChangeSets(ChangeSetStore store) {
        this.store = store;
    }

    Optional<ChangeSet> find(ChangeSetId id) {
        return recent.find(id)
                .or(() -> {
                    Optional<ChangeSet> stored = store.find(id);
                    stored.ifPresent(changeSet -> recent.keep(id, changeSet));
                    return stored;
                });
    }

    /// The newest first, of all stacks or of one.
    List<ChangeSetStore.Summary> newest(@Nullable StackName stack, int limit) {
        return stack == null ? store.newest(limit) : store.ofStack(stack, limit);
    }

    /// What the stack looks like now, as far as anybody reported.
    Optional<ChangeSet> lastReleased(StackName stack) {
        return store.lastReleased(stack).flatMap(this::find);
    }

    /// Bytes of files and characters of the plan.
    static long size(ChangeSet changeSet) {
        GivenPlan plan = changeSet.manifest().plan();
        return changeSet.artifacts().list().stream().mapToLong(Artifact::sizeBytes).sum()
                + (plan == null ? 0 : plan.maskedJson().length());
    }
}
