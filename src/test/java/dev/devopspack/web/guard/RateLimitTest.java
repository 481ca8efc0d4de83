package dev.devopspack.web.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private Instant now = Instant.parse("2026-07-14T10:00:00Z");

    @Test
    void attemptsBeyondTheLimitAreRefusedUntilTheWindowEnds() {
        RateLimit limit = new RateLimit(clock(), Duration.ofMinutes(1), 2);

        List<Boolean> first = Stream.generate(() -> limit.allows("a")).limit(4).toList();
        boolean other = limit.allows("b");
        now = now.plusSeconds(60);
        boolean later = limit.allows("a");

        assertEquals(List.of(true, true, false, false), first);
        assertTrue(other);
        assertTrue(later);
    }

    @Test
    void manyCallersDoNotFillTheMemory() {
        RateLimit limit = new RateLimit(clock(), Duration.ofMinutes(1), 1);
        limit.allows("first");
        for (int i = 0; i < 10_000; i++) {
            limit.allows("caller " + i);
        }

        assertTrue(limit.allows("first"), "the oldest one was forgotten");
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
