package dev.devopspack.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentTest {

    private final Recent<String, String> recent = new Recent<>(10, String::length);

    @Test
    void whatIsTooMuchPushesOutWhatWasAskedForLongestAgo() {
        recent.keep("a", "aaaa");
        recent.keep("b", "bbbb");
        recent.find("a");

        recent.keep("c", "cccc");

        assertEquals(Optional.of("aaaa"), recent.find("a"));
        assertEquals(Optional.empty(), recent.find("b"));
        assertEquals(Optional.of("cccc"), recent.find("c"));
    }

    @Test
    void whatIsTooLargeAlonePushesNothingOut() {
        recent.keep("a", "aaaa");
        recent.keep("b", "b".repeat(11));

        assertEquals(Optional.of("aaaa"), recent.find("a"));
        assertEquals(Optional.empty(), recent.find("b"));
    }

    @Test
    void whatIsKeptAgainCountsOnce() {
        recent.keep("a", "aaaa");
        for (int i = 0; i < 5; i++) {
            recent.keep("b", "bbbbb" + i);
        }

        assertEquals(Optional.of("aaaa"), recent.find("a"));
        assertEquals(Optional.of("bbbbb4"), recent.find("b"));
    }

    @Test
    void whatGrewTooLargeIsForgotten() {
        recent.keep("a", "aaaa");
        recent.keep("a", "a".repeat(11));
        recent.keep("b", "b".repeat(10));

        assertEquals(Optional.empty(), recent.find("a"));
        assertEquals(Optional.of("b".repeat(10)), recent.find("b"));
    }
}
