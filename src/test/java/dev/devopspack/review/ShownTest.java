package dev.devopspack.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.devopspack.change.Hidden;
import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void anAddressIsShownAsItIs() {
        assertEquals(
                "module.a.aws_subnet.b[\"eu-west-1a\"]",
                Shown.name("module.a.aws_subnet.b[\"eu-west-1a\"]"));
    }

    @Test
    void lineEndsQuotesAndBackslashesAreEscaped() {
        assertEquals("\"a\\nb\\rc\\td\\\"e\\\\f\"", Shown.name("a\nb\rc\td\"e\\f"));
    }

    @Test
    void whatTurnsTheOrderOrCannotBeSeenIsMarked() {
        assertEquals(
                "\"a‹U+202E›b‹U+200B›c‹U+00A0›d‹U+2028›e‹U+0085›f\"",
                Shown.name("a\u202Eb\u200Bc\u00A0d\u2028e\u0085f"));
    }

    @Test
    void aMarkCannotBeFaked() {
        assertEquals("\"‹U+2039›U+202E‹U+203A›\"", Shown.quoted("‹U+202E›"));
    }

    @Test
    void combiningCharactersDoNotPileUpOrTouchTheQuote() {
        assertEquals("\"‹U+0301›a‹U+20DD›\"", Shown.quoted("\u0301a\u20DD"));
        assertEquals("\"x\u0301‹U+0301›‹U+0301›\"", Shown.quoted("x\u0301\u0301\u0301"));
    }

    @Test
    void longTextsThatBeginAlikeDoNotLookAlike() {
        String one = "a".repeat(500) + "1";
        String two = "a".repeat(500) + "2";

        assertNotEquals(Shown.quoted(one), Shown.quoted(two));
    }

    @Test
    void whatEndsTheCutIsNeverHalfAnEscapeOrAMark() {
        for (int i = 0; i < 12; i++) {
            String slashes = Shown.quoted("x".repeat(150 + i) + "\\".repeat(40));
            String marks = Shown.quoted("x".repeat(150 + i) + "\u202E".repeat(40));

            String head = slashes.substring(1, slashes.indexOf('…'));
            assertEquals(0, head.chars().filter(c -> c == '\\').count() % 2);
            String shown = marks.substring(0, marks.indexOf('…'));
            assertEquals(
                    shown.chars().filter(c -> c == '‹').count(),
                    shown.chars().filter(c -> c == '›').count());
        }
    }

    @Test
    void anyTextStaysOnOneVisibleLineInNormalForm() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String hostile = hostile(random);
            for (String shown :
                    new String[] {
                        Shown.name(hostile), Shown.quoted(hostile), Shown.sentence(hostile)
                    }) {
                assertEquals(-1, Hidden.firstIn(shown), () -> "hidden in " + shown);
                assertEquals(shown, Normalizer.normalize(shown, Normalizer.Form.NFC), "not normal");
            }
        }
    }

    static String hostile(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(1, 300);
        for (int i = 0; i < length; i++) {
            text.append(
                    switch (random.nextInt(8)) {
                        case 0 -> "\n";
                        case 1 -> "\r\n  DESTROYS (0)";
                        case 2 -> "\u202E";
                        case 3 -> Character.toString(0x0300 + random.nextInt(0x70));
                        case 4 -> Character.toString((char) (0xD800 + random.nextInt(0x800)));
                        case 5 -> Character.toString(random.nextInt(0x110000));
                        case 6 -> "\\\"";
                        default -> Character.toString('a' + random.nextInt(26));
                    });
        }
        return text.toString();
    }
}
