package dev.devopspack.web.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.Principal;
import dev.devopspack.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownTokensTest {

    private static final Digest TOKEN = Digest.of("a token");

    private final MovingClock clock = new MovingClock(Instant.parse("2026-07-14T10:12:00Z"));
    private final KnownTokens known = new KnownTokens(clock);

    @Test
    void whoIsBehindATokenIsKnownForASecond() {
        known.keep(TOKEN, Principal.SYSTEM);

        assertEquals(Optional.of(Principal.SYSTEM), known.find(TOKEN));
        assertEquals(Optional.empty(), known.find(Digest.of("another token")));
        clock.move(Duration.ofMillis(1_000));
        assertEquals(Optional.empty(), known.find(TOKEN));
    }

    @Test
    void nobodyIsKnownAfterRightsMayHaveChanged() {
        known.keep(TOKEN, Principal.SYSTEM);

        known.clear();

        assertEquals(Optional.empty(), known.find(TOKEN));
    }
}
