package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.ChangeSetStore.Summary;
import dev.devopspack.task.StackName;
import dev.devopspack.testing.TestChangeSets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoredChangeSetsTest {

    @Inject ChangeSetStore changeSets;

    @Test
    void aChangeSetComesBackWholeAndWithItsDigest() {
        ChangeSet changeSet = TestChangeSets.of("whole", "content");

        ChangeSet stored = changeSets.store(changeSet);

        assertEquals(changeSet, stored);
        assertEquals(Optional.of(changeSet), changeSets.find(changeSet.id()));
    }

    @Test
    void theFirstStoringOfTheSameManifestIsKept() {
        ChangeSet first = TestChangeSets.of("same", "content");
        ChangeSet again =
                ChangeSet.of(
                        first.manifest(),
                        "other-client",
                        List.of("other"),
                        TestChangeSets.NOON.plusSeconds(5));
        changeSets.store(first);

        ChangeSet stored = changeSets.store(again);

        assertEquals(first, stored);
    }

    @Test
    void listsShowTheNewestFirst() {
        ChangeSet older = changeSets.store(TestChangeSets.of("lists", "one"));
        ChangeSet newer = changeSets.store(TestChangeSets.of("lists", "two"));

        List<Summary> summaries = changeSets.ofStack(new StackName("lists"), 10);

        assertEquals(List.of(summary(newer), summary(older)), summaries);
        assertEquals(List.of(summary(newer)), changeSets.newest(1));
    }

    @Test
    void theLastReleasedIsTheNewestThatDidNotFail() {
        StackName stack = new StackName("released");
        ChangeSet first = changeSets.store(TestChangeSets.of("released", "one"));
        ChangeSet second = changeSets.store(TestChangeSets.of("released", "two"));
        assertEquals(Optional.empty(), changeSets.lastReleased(stack));

        changeSets.markReleased(first.id(), TestChangeSets.NOON);
        changeSets.markReleased(second.id(), TestChangeSets.NOON.plusSeconds(1));
        assertEquals(Optional.of(second.id()), changeSets.lastReleased(stack));

        changeSets.markFailed(second.id());
        assertEquals(Optional.of(first.id()), changeSets.lastReleased(stack));

        changeSets.markReleased(second.id(), TestChangeSets.NOON.plusSeconds(2));
        assertEquals(Optional.of(second.id()), changeSets.lastReleased(stack));
    }

    private static Summary summary(ChangeSet changeSet) {
        return new Summary(
                changeSet.id(),
                changeSet.digest(),
                changeSet.target(),
                changeSet.manifest().requester(),
                changeSet.client(),
                changeSet.createdAt());
    }
}
