package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScoreTest {

    @Test
    void almostEnoughIsNotEnoughAndDoesNotReadAsEnough() {
        Score almost = new Score(949_999, 1_000_000);

        assertFalse(almost.reaches(95));
        assertEquals("94.9 %", almost.text());
        assertTrue(new Score(95, 100).reaches(95));
    }
}
