package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.FixedCheckpointKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedCheckpointTest {

    private static final CheckpointKey KEY = new FixedCheckpointKey("log.example.com/audit");
    private static final Digest ROOT = Digest.of("a root");
    private static final SignedCheckpoint SIGNED =
            SignedCheckpoint.sign(new Checkpoint("log.example.com/audit", 12, ROOT), KEY);

    /// The example of the specification of such checkpoints, whose key is not published.
    private static final String FOREIGN =
            """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u2014 example.com/behind-the-sofa \
            Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            """;

    @Test
    void whatIsSignedIsReadAgain() {
        assertEquals(SIGNED, SignedCheckpoint.parse(SIGNED.note()));
        assertTrue(SIGNED.signedBy(KEY.open()));
        assertEquals(KEY.open(), LogKey.parse(KEY.open().text()));
    }

    @Test
    void aCheckpointOfAnotherProgramIsReadButNotBelieved() {
        SignedCheckpoint foreign = SignedCheckpoint.parse(FOREIGN);

        assertEquals(20_852_163, foreign.checkpoint().size());
        assertEquals("033de0ae", foreign.lines().getFirst().keyId());
        assertFalse(foreign.signedBy(KEY.open()));
    }

    @Test
    void aFlippedBitAnywhereIsRefused() {
        byte[] note = SIGNED.note().getBytes(StandardCharsets.UTF_8);
        List<String> accepted = new ArrayList<>();
        for (int bit = 0; bit < note.length * 8; bit++) {
            byte[] flipped = note.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String text = new String(flipped, StandardCharsets.UTF_8);
            if (believed(text)) {
                accepted.add("bit " + bit + ": " + text);
            }
        }

        assertTrue(believed(SIGNED.note()));
        assertEquals(List.of(), accepted);
    }

    private static boolean believed(String note) {
        try {
            return SignedCheckpoint.parse(note).signedBy(KEY.open());
        } catch (InvalidInput e) {
            return false;
        }
    }

    @Test
    void aFlippedBitInAKeyIsRefused() {
        byte[] key = KEY.open().text().getBytes(StandardCharsets.US_ASCII);
        int nameEnd = KEY.open().name().length();
        for (int bit = 0; bit < key.length * 8; bit++) {
            byte[] flipped = key.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String text = new String(flipped, StandardCharsets.ISO_8859_1);
            assertThrows(
                    InvalidInput.class,
                    () -> LogKey.parse(text),
                    () -> text + " is another key than " + nameEnd);
        }
    }

    @Test
    void linesOfOthersCountForNothing() {
        String own = SIGNED.note().substring(SIGNED.note().indexOf("\u2014"));
        String stranger =
                "\u2014 witness.example.com "
                        + Base64.getEncoder().encodeToString(new byte[4 + 2_428])
                        + "\n";
        String text = SIGNED.checkpoint().text() + "\n";

        assertTrue(believed(text + stranger + own));
        assertTrue(believed(text + own + stranger));
        assertFalse(believed(text + stranger));
        assertFalse(
                believed(
                        text
                                + own
                                + own.replace("log.example.com", "log.example.org")
                                + own.substring(0, own.length() - 4)
                                + "AA==\n"));
    }

    @Test
    void aLineOfTheOwnKeyThatDoesNotHoldSpoilsTheNote() {
        byte[] line = HexFormat.of().parseHex(KEY.open().id() + "00".repeat(64));
        String wrong =
                "\u2014 "
                        + KEY.open().name()
                        + " "
                        + Base64.getEncoder().encodeToString(line)
                        + "\n";

        assertFalse(believed(SIGNED.note() + wrong));
    }

    @Test
    void theSignatureHoldsForNoOtherLog() {
        CheckpointKey other = new FixedCheckpointKey("other.example.com/audit");
        SignedCheckpoint crossed = SignedCheckpoint.sign(SIGNED.checkpoint(), other);

        assertFalse(SIGNED.signedBy(other.open()));
        assertFalse(crossed.signedBy(other.open()));
        assertFalse(crossed.signedBy(KEY.open()));
    }

    @Test
    void whatIsNoCheckpointIsRefused() {
        String note = SIGNED.note();
        String root = Base64.getEncoder().encodeToString(ROOT.bytes());
        for (String wrong :
                List.of(
                        "",
                        "\n\n",
                        "\n\n\n",
                        note.replace("\n12\n", "\n012\n"),
                        note.replace("\n12\n", "\n-12\n"),
                        note.replace("\n12\n", "\n+12\n"),
                        note.replace("\n12\n", "\n\u0661\u0662\n"),
                        note.replace("\n12\n", "\n99999999999999999999\n"),
                        note.replace("\n12\n", "\n9007199254740992\n"),
                        note.replace("\n12\n", "\n12\n12\n"),
                        note.replace("\n12\n", "\r\n12\n"),
                        note.replace(root, root.replace("=", "")),
                        note.replace(root, "AAAA"),
                        note.replace(root + "\n", root + "\nextension\n"),
                        note.replace("log.example.com", "log\u202e.example.com"),
                        note.replace("log.example.com", "log\u0000.example.com"),
                        note.replace("\u2014", "-"),
                        note + "\n",
                        note + note,
                        note.substring(0, note.length() - 1),
                        note + "\u2014 x AAAA\n".repeat(40),
                        SIGNED.checkpoint().text(),
                        SIGNED.checkpoint().text() + "\n",
                        "x".repeat(1_000_000) + note)) {
            assertThrows(InvalidInput.class, () -> SignedCheckpoint.parse(wrong), wrong);
        }
    }
}
