package dev.devopspack.web.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.testing.MovingClock;
import dev.devopspack.web.guard.KnownTokens.Known;
import dev.devopspack.web.guard.KnownTokens.RightsChange;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownTokensTest {

    private static final Digest TOKEN = Digest.of("a token");
    private static final SecurityIdentity SOMEBODY =
            QuarkusSecurityIdentity.builder().setAnonymous(true).build();

    private final MovingClock clock = new MovingClock(Instant.parse("2026-07-14T10:12:00Z"));
    private final KnownTokens known = new KnownTokens(clock);

    @Test
    void whoIsBehindATokenIsKnownForASecondSinceTheSearchBegan() {
        KnownTokens.Search search = known.search(TOKEN);
        clock.move(Duration.ofMillis(400));
        known.keep(search, SOMEBODY);

        assertSame(SOMEBODY, known.find(TOKEN).orElseThrow().identity());
        assertEquals(Optional.empty(), known.find(Digest.of("another token")));
        clock.move(Duration.ofMillis(599));
        assertTrue(known.find(TOKEN).isPresent());
        clock.move(Duration.ofMillis(1));
        assertEquals(Optional.empty(), known.find(TOKEN));
    }

    @Test
    void oneOfThoseWhoCallAllTheTimeLooksItUpAgain() {
        known.keep(known.search(TOKEN), SOMEBODY);
        Known first = known.find(TOKEN).orElseThrow();

        clock.move(Duration.ofMillis(499));
        assertFalse(known.isRenewedBy(first));
        clock.move(Duration.ofMillis(1));
        assertTrue(known.isRenewedBy(first));
        assertFalse(known.isRenewedBy(first));

        known.keep(known.search(TOKEN), SOMEBODY);
        clock.move(Duration.ofMillis(700));
        assertTrue(known.isRenewedBy(known.find(TOKEN).orElseThrow()));
    }

    @Test
    void inAnOutageSomebodyIsRememberedForHalfAnHour() {
        known.keep(known.search(TOKEN), SOMEBODY);

        clock.move(Duration.ofMinutes(30).minusMillis(1));
        assertEquals(Optional.of(SOMEBODY), known.remembered(TOKEN));
        assertEquals(Optional.empty(), known.remembered(Digest.of("another token")));
        clock.move(Duration.ofMillis(1));
        assertEquals(Optional.empty(), known.remembered(TOKEN));
    }

    @Test
    void nobodyIsRememberedWhomTheLastSearchDidNotFindOrWhoseRightsChanged() {
        known.keep(known.search(TOKEN), SOMEBODY);
        known.forget(TOKEN);
        assertEquals(Optional.empty(), known.remembered(TOKEN));

        known.keep(known.search(TOKEN), SOMEBODY);
        known.changed(new RightsChange());
        assertEquals(Optional.empty(), known.remembered(TOKEN));
    }

    @Test
    void nobodyIsKnownAfterRightsMayHaveChanged() {
        known.keep(known.search(TOKEN), SOMEBODY);

        known.changed(new RightsChange());

        assertEquals(Optional.empty(), known.find(TOKEN));
    }

    @Test
    void whatWasFoundBeforeAChangeIsNotKeptAfterIt() {
        KnownTokens.Search search = known.search(TOKEN);

        known.changed(new RightsChange());

        assertSame(SOMEBODY, known.keep(search, SOMEBODY));
        assertEquals(Optional.empty(), known.find(TOKEN));
    }

    @Test
    void aTokenThatIsNoLongerTakenIsForgotten() {
        known.keep(known.search(TOKEN), SOMEBODY);

        known.forget(TOKEN);

        assertEquals(Optional.empty(), known.find(TOKEN));
    }
}
