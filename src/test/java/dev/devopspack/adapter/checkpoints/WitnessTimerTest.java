package dev.devopspack.adapter.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.CheckpointKey;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.ConsistencyProof;
import dev.devopspack.audit.Cosigner;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.CosignerKey.Algorithm;
import dev.devopspack.audit.InclusionProof;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.Tile;
import dev.devopspack.audit.Witnessing.Standing;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.MovingClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WitnessTimerTest {

    private static final CheckpointKey KEY = new FixedCheckpointKey("log.example.com/audit");
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final Log log = new Log("entry");
    private final MovingClock clock = new MovingClock(START);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Cosigner cosigner = cosigner("w.example.com/1");
    private SmallWitness witness;
    private WitnessTimer timer;

    @BeforeEach
    void aWitness() throws Exception {
        witness = new SmallWitness(KEY.open(), cosigner);
        timer = timer(log, witness.prefix());
        log.grow(5);
    }

    @AfterEach
    void close() {
        witness.close();
    }

    @Test
    void eachCheckpointIsShownWithTheProofThatItContinuesTheLastOne() {
        timer.tick();
        timer.tick();
        log.grow(8);
        timer.tick();

        assertEquals(List.of("old 0", "old 5"), witness.asked);
        assertEquals(new Standing("w.example.com/1", 13, START, ""), standing());
        assertEquals(List.of(5L, 13L), log.cosigned);
        assertTrue(cosigner.open().signed(log.witnessed().orElseThrow()));
        assertTrue(log.witnessed().orElseThrow().signedBy(KEY.open()));
        assertEquals(13, meters.get("devopspack.audit.witnessed").gauge().value());
    }

    @Test
    void anotherProcessGoesOnFromWhatTheWitnessSays() {
        timer.tick();
        log.grow(3);
        log.cosigned.clear();
        WitnessTimer other = timer(log, witness.prefix());

        other.tick();
        other.tick();

        assertEquals(List.of("old 0", "old 0", "old 5"), witness.asked);
        assertEquals(8, other.standing().orElseThrow().size());
    }

    @Test
    void aWitnessThatForgotIsShownTheLogAnew() {
        timer.tick();
        log.grow(1);
        witness.forget();

        timer.tick();
        timer.tick();

        assertEquals(List.of("old 0", "old 5", "old 0"), witness.asked);
        assertEquals(6, standing().size());
    }

    @Test
    void aForkIsNotSigned() {
        timer.tick();
        Log forked = new Log("another entry");
        forked.grow(9);
        WitnessTimer other = timer(forked, witness.prefix());

        other.tick();
        other.tick();

        assertEquals(
                new Standing(
                        "w.example.com/1",
                        0,
                        null,
                        "the log does not continue what it signed before: it was rewritten"),
                other.standing().orElseThrow());
        assertEquals(List.of(), forked.cosigned);
    }

    @Test
    void aLogThatWasCutOffIsNotShown() {
        timer.tick();
        Log cut = new Log("entry");
        cut.grow(3);
        WitnessTimer other = timer(cut, witness.prefix());

        other.tick();
        other.tick();

        assertEquals(
                new Standing(
                        "w.example.com/1",
                        0,
                        null,
                        "it signed 5 entries, the log has only 3 signed"),
                other.standing().orElseThrow());
        assertEquals(List.of(), cut.cosigned);
    }

    @Test
    void whateverItAnswersOtherwiseIsToldAndItIsLeftAloneForAWhile() {
        String line = cosigner.open().name() + " AAAAAAAA\n";
        for (SmallWitness.Answer answer :
                List.of(
                        SmallWitness.plain(200, ""),
                        SmallWitness.plain(200, "\u2014 " + line),
                        SmallWitness.plain(200, "x".repeat(100_000)),
                        SmallWitness.plain(200, "\n\nother.example\n9\nAAAA\n\n\u2014 " + line),
                        SmallWitness.plain(403, ""),
                        SmallWitness.plain(404, ""),
                        SmallWitness.plain(409, "7\n"),
                        new SmallWitness.Answer(409, "text/x.tlog.size", "many\n", null),
                        new SmallWitness.Answer(409, "text/x.tlog.size", "9".repeat(99), null),
                        SmallWitness.plain(422, ""),
                        SmallWitness.plain(500, "x"),
                        new SmallWitness.Answer(
                                307, "text/plain", "", witness.prefix() + "/add-checkpoint"))) {
            witness.instead = answer;
            int before = witness.asked.size();

            timer.tick();
            timer.tick();

            assertEquals(before + 1, witness.asked.size(), answer::toString);
            assertFalse(standing().problem().isEmpty(), answer::toString);
            assertEquals(0, standing().size());
            clock.move(Duration.ofMinutes(1));
        }
        witness.instead = null;

        timer.tick();

        assertEquals("", standing().problem());
        assertEquals(5, standing().size());
    }

    @Test
    void aWitnessThatIsAwayDoesNoHarm() {
        witness.close();

        timer.tick();

        assertEquals(new Standing("w.example.com/1", 0, null, "it does not answer"), standing());
    }

    @Test
    void anotherWitnessesSignatureIsNotKept() throws Exception {
        try (SmallWitness other = new SmallWitness(KEY.open(), cosigner("w.example.com/1"))) {
            WitnessTimer confused = timer(log, other.prefix());

            confused.tick();

            assertEquals(
                    "its signature does not hold for the configured key",
                    confused.standing().orElseThrow().problem());
        }
    }

    @Test
    void bothSettingsAreSetOrNone() {
        assertThrows(
                InvalidInput.class,
                () ->
                        new WitnessTimer(
                                log,
                                Optional.of(URI.create("https://w.example.com")),
                                Optional.empty(),
                                meters,
                                clock));
        assertThrows(InvalidInput.class, () -> timer(log, URI.create("file:///etc/passwd")));
        assertEquals(
                Optional.empty(),
                new WitnessTimer(log, Optional.empty(), Optional.empty(), meters, clock)
                        .standing());
    }

    private Standing standing() {
        return timer.standing().orElseThrow();
    }

    private WitnessTimer timer(Checkpoints checkpoints, URI prefix) {
        return new WitnessTimer(
                checkpoints,
                Optional.of(prefix),
                Optional.of(cosigner.open().text()),
                meters,
                clock);
    }

    private static Cosigner cosigner(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new Cosigner(
                    CosignerKey.of(name, Algorithm.ED25519, pair.getPublic()),
                    message -> {
                        try {
                            Signature signature = Signature.getInstance("Ed25519");
                            signature.initSign(pair.getPrivate());
                            signature.update(message);
                            return signature.sign();
                        } catch (GeneralSecurityException e) {
                            throw new AssertionError(e);
                        }
                    });
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// A log in memory, signed whenever it is asked.
    private static final class Log implements Checkpoints {

        @Override
        public SignedCheckpoint seal() {
            throw new UnsupportedOperationException("the timer makes, it does not seal");
        }

        private final String what;
        private final MerkleTree tree = new MerkleTree();
        private final List<Long> cosigned = new ArrayList<>();
        private Optional<SignedCheckpoint> witnessed = Optional.empty();

        Log(String what) {
            this.what = what;
        }

        void grow(int entries) {
            for (int i = 0; i < entries; i++) {
                tree.add(Digest.of(what + tree.size()));
            }
        }

        @Override
        public LogKey key() {
            return KEY.open();
        }

        @Override
        public Optional<CosignerKey> secondKey() {
            return Optional.empty();
        }

        @Override
        public Optional<SignedCheckpoint> newest() {
            return Optional.of(
                    SignedCheckpoint.sign(
                            new Checkpoint(KEY.open().name(), tree.size(), tree.root()), KEY));
        }

        @Override
        public Optional<SignedCheckpoint> witnessed() {
            return cosigned.isEmpty() ? Optional.empty() : witnessed;
        }

        @Override
        public void cosigned(long size, SignedCheckpoint.Line line) {
            cosigned.add(size);
            witnessed = Optional.of(newest().orElseThrow().with(line));
        }

        @Override
        public ConsistencyProof consistency(long from, long to) {
            return new ConsistencyProof(
                    from,
                    to,
                    tree.root((int) from),
                    tree.root((int) to),
                    tree.consistencyProof((int) from, (int) to));
        }

        @Override
        public List<SignedCheckpoint> after(long size, int limit) {
            throw new AssertionError("not asked for");
        }

        @Override
        public boolean holds(Checkpoint checkpoint) {
            throw new AssertionError("not asked for");
        }

        @Override
        public Step make() {
            throw new AssertionError("not asked for");
        }

        @Override
        public InclusionProof inclusion(long sequence, long size) {
            throw new AssertionError("not asked for");
        }

        @Override
        public List<Digest> tile(Tile tile) {
            throw new AssertionError("not asked for");
        }
    }
}
