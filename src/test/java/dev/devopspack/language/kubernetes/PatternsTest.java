package dev.devopspack.language.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PatternsTest {

    private final Patterns patterns = new Patterns(20_000);

    @Test
    void aCountCostsWhatItStandsFor() {

        assertEquals(OptionalInt.empty(), patterns.cost("(a{100}){100}", "x".repeat(99)));
        assertEquals(OptionalInt.of(700), patterns.cost("(a{100})", "x".repeat(875)));
    }

    @Test
    void aCountWithoutAnEndCostsItsBeginning() {
        String pattern = "a{1000,}".repeat(200);

        assertEquals(OptionalInt.empty(), patterns.cost(pattern, "a"));
        assertEquals(patterns.cost("a{10,99}", "text"), patterns.cost("a{99,10}", "text"));
    }

    @Test
    void aPatternOfAnotherKindMatchesNothingAndIsNoError() {
        assertEquals(Optional.empty(), patterns.isIn("(?=a)", "a"));
        assertEquals(Optional.of(true), patterns.isIn("b", "abc"));
    }
}
