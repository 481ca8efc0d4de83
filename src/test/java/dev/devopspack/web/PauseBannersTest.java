package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.approval.pause.Pause;
import dev.devopspack.approval.pause.PauseScope;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PauseBannersTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aFewAreToldInFullTheNewestFirst() {
        assertEquals(
                List.of("Paused: the environment e2", "Paused: the environment e1"),
                PauseBanners.of(List.of(environment(1), environment(2)), PauseBannersTest::words));
    }

    @Test
    void ofManyTheWidestAndTheNewestAreToldAndTheOthersCounted() {
        Pause everything = pause(PauseScope.EVERYTHING, 0);
        List<Pause> active =
                Stream.concat(
                                Stream.of(everything),
                                IntStream.rangeClosed(1, 9).mapToObj(PauseBannersTest::environment))
                        .toList();

        assertEquals(
                List.of(
                        "Paused: everything",
                        "Paused: the environment e9",
                        "Paused: the environment e8",
                        "Paused: 7 more, listed on /pauses."),
                PauseBanners.of(active, PauseBannersTest::words));
    }

    private static String words(Pause pause) {
        return pause.scope().words();
    }

    private static Pause environment(int number) {
        return pause(new PauseScope(PauseScope.Kind.ENVIRONMENT, "e" + number), number);
    }

    private static Pause pause(PauseScope scope, int seconds) {
        return new Pause(
                "p" + seconds,
                scope,
                "a test",
                PersonId.parse("00000000-0000-7000-8000-000000000001"),
                BEGIN.plusSeconds(seconds),
                Digest.of("act"),
                null);
    }
}
