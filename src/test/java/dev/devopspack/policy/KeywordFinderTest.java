package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeywordFinderTest {

    /// Keywords that begin, end and hold each other.
    private static final List<List<String>> GROUPS =
            List.of(
                    List.of("she"),
                    List.of("he", "hers"),
                    List.of("his"),
                    List.of("s"),
                    List.of("a.b", "ab", "hera"),
                    List.of("://", "private key-----"));

    private static final KeywordFinder FINDER = new KeywordFinder(GROUPS);

    @Test
    void aKeywordIsFoundInsideAndBehindAnother() {
        assertArrayEquals(
                new boolean[] {true, true, false, true, false, false}, FINDER.in("ushers"));
        assertArrayEquals(
                new boolean[] {false, true, false, false, true, false}, FINDER.in("ahera.b"));
    }

    @Test
    void whatIsNoAsciiBreaksAKeyword() {
        assertArrayEquals(
                new boolean[] {false, false, false, false, false, false}, FINDER.in("hié"));
        assertArrayEquals(
                new boolean[] {false, true, false, false, false, false}, FINDER.in("aébé😀he"));
    }

    @Test
    void itAnswersAsALookForEachKeywordDoes() {
        Random random = new Random(7);
        String letters = "sheri ab.:/é";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            boolean[] expected = new boolean[GROUPS.size()];
            for (int group = 0; group < expected.length; group++) {
                expected[group] = GROUPS.get(group).stream().anyMatch(text.toString()::contains);
            }
            assertArrayEquals(expected, FINDER.in(text.toString()), () -> "in '" + text + "'");
        }
    }
}
