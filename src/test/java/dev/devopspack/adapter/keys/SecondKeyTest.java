package dev.devopspack.adapter.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.Cosigner;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondKeyTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir Path folder;

    /// A key that changed with the Java platform would be another log's to everybody who pinned it.
    @Test
    void theSameSeedGivesTheSameKeyForEver() {
        assertEquals(
                "ef38555812caf7c9adc10194c82dc2e95e085880eaa95bbf0e205b6a0e20674d",
                Digest.of(SecondKey.of("log", new byte[32]).open().text()).hex());
        assertNotEquals(
                SecondKey.of("log", new byte[32]).open(),
                SecondKey.of("log", Digest.of("another").bytes()).open());
    }

    @Test
    void theFileGivesBothKeysAndTheyStayWhatTheyAre() {
        FileCheckpointKey first = key();
        FileCheckpointKey again = key();
        SignedCheckpoint signed =
                SignedCheckpoint.sign(
                        new Checkpoint(first.open().name(), 3, Digest.of("root")), first, NOW);

        assertEquals(first.cosigner().map(Cosigner::open), again.cosigner().map(Cosigner::open));
        assertEquals(2, signed.lines().size());
        assertTrue(signed.signedBy(again.open()));
        assertTrue(again.cosigner().orElseThrow().open().signed(signed));
        assertEquals(signed, SignedCheckpoint.parse(signed.note()));
    }

    @Test
    void aSignatureOverAnythingElseDoesNotHold() {
        Cosigner second = SecondKey.of("log", new byte[32]);
        CosignerKey open = second.open();
        SignedCheckpoint.Line line = open.sign(checkpoint(3), NOW, second.signer());
        SignedCheckpoint signed = noted(checkpoint(3), line);

        assertTrue(open.signed(signed));
        assertFalse(open.signed(noted(checkpoint(4), line)));
        assertFalse(open.signed(noted(new Checkpoint("log", 3, Digest.of("other")), line)));
        assertFalse(open.signed(noted(new Checkpoint("gol", 3, Digest.of("root")), line)));
        assertFalse(SecondKey.of("log", Digest.of("x").bytes()).open().signed(signed));
        for (int at : new int[] {0, 7, 8, 1_000, 2_427}) {
            byte[] bytes = Base64.getDecoder().decode(line.signature());
            byte[] flipped = Arrays.copyOf(bytes, bytes.length);
            flipped[at] ^= 1;
            SignedCheckpoint.Line other =
                    new SignedCheckpoint.Line(
                            line.name(), line.keyId(), Base64.getEncoder().encodeToString(flipped));
            assertFalse(open.signed(noted(checkpoint(3), other)), "byte " + at);
            assertFalse(open.signed(signed.with(other)), "one line that does not hold spoils it");
        }
    }

    private static SignedCheckpoint noted(Checkpoint checkpoint, SignedCheckpoint.Line line) {
        return SignedCheckpoint.of(checkpoint, line);
    }

    private FileCheckpointKey key() {
        return new FileCheckpointKey(folder, Optional.empty(), "localhost", Clock.systemUTC());
    }

    private static Checkpoint checkpoint(long size) {
        return new Checkpoint("log", size, Digest.of("root"));
    }
}
