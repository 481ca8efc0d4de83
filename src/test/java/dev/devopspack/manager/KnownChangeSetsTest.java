package dev.devopspack.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.devopspack.change.ChangeSet;
import dev.devopspack.testing.InMemoryChangeSets;
import dev.devopspack.testing.TestChangeSets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownChangeSetsTest {

    private final InMemoryChangeSets store = new InMemoryChangeSets();
    private final KnownChangeSets known = new KnownChangeSets(store);

    @Test
    void oneThatWasReadIsNotReadAgain() {
        ChangeSet stored = store.store(TestChangeSets.of("known", "one"));

        assertSame(stored, known.find(stored.id()).orElseThrow());
        assertSame(stored, known.find(stored.id()).orElseThrow());

        assertEquals(List.of(stored.id()), store.reads());
    }

    @Test
    void oneThatIsNotThereYetIsLookedForAgain() {
        ChangeSet later = TestChangeSets.of("known", "later");
        assertEquals(Optional.empty(), known.find(later.id()));

        store.store(later);

        assertEquals(Optional.of(later), known.find(later.id()));
    }

    @Test
    void whatWasReleasedLastIsAskedForEachTime() {
        ChangeSet first = store.store(TestChangeSets.of("released", "one"));
        ChangeSet second = store.store(TestChangeSets.of("released", "two"));
        store.markReleased(first.id(), TestChangeSets.NOON);
        assertEquals(Optional.of(first), known.lastReleased(first.target().stack()));

        store.markReleased(second.id(), TestChangeSets.NOON);

        assertEquals(Optional.of(second), known.lastReleased(first.target().stack()));
    }
}
