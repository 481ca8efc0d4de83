package dev.devopspack.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.testing.InMemoryAuditLog;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogHealthTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    /// What one caller reads of the older part here.
    private static final int READ_BY_A_CALLER = 10;

    private final InMemoryAuditLog log = new InMemoryAuditLog(CLOCK);

    @Test
    void whatCameSinceIsReadBeforeTheAnswer() {
        grow(5);
        LogHealth health = health(0);
        assertTrue(health.verified());

        grow(5);
        assertTrue(health.verified());
        grow(5);
        tamper(15);
        assertFalse(health.verified());
        assertFalse(health.verified(), "it stays broken");
    }

    @Test
    void aLogOfAFewEntriesIsReadToItsEndBeforeTheFirstAnswer() {
        grow(12);
        tamper(3);

        assertFalse(health(READ_BY_A_CALLER).verified());
    }

    @Test
    void aCheckpointStandsForWhatIsOlderUntilItIsRead() {
        grow(3_500);
        tamper(2_500);
        LogHealth health = health(3_400);

        assertTrue(health.verified(), "entry 2,500 is not read yet");
        assertEquals(
                new LogHealth.Standing(
                        new AuditVerifier.Result.Intact(
                                3_500, log.find(3_500).orElseThrow().chainHash()),
                        3_380),
                health.standing());
        assertEquals(new LogHealth.Read.Intact(true), health.readOn());
        assertEquals(new LogHealth.Read.Intact(true), health.readOn());
        assertEquals(
                new LogHealth.Read.Broken(2_500, "its text is not the one that was hashed"),
                health.readOn());
        assertFalse(health.verified());
        assertFalse(health.verified(), "although a caller alone does not read so far");
    }

    @Test
    void whatWasMendedIsNoLongerBroken() {
        grow(1_500);
        List<StoredEntry> honest = log.read(0, 1_500);
        tamper(500);
        LogHealth health = health(1_400);
        assertTrue(health.readOn() instanceof LogHealth.Read.Broken);

        log.replace(honest);

        assertEquals(new LogHealth.Read.Intact(true), health.readOn());
        assertTrue(health.verified());

        tamper(1_450);
        LogHealth other = health(1_400);
        assertFalse(other.verified());
        log.replace(honest);
        assertTrue(other.verified());
    }

    @Test
    void whatIsNewerThanTheCheckpointIsReadAtOnce() {
        grow(3_500);
        tamper(3_450);

        assertFalse(health(3_400).verified());
    }

    @Test
    void onceTheOlderPartIsReadNothingWaits() {
        grow(2_100);
        LogHealth health = health(2_050);

        assertEquals(new LogHealth.Read.Intact(true), health.readOn());
        assertEquals(new LogHealth.Read.Intact(true), health.readOn());
        assertEquals(new LogHealth.Read.Intact(false), health.readOn());
        assertEquals(new LogHealth.Read.Intact(false), health.readOn());
        assertTrue(health.verified());
    }

    /// All hashes made anew: only that the entries after them continue another log tells.
    @Test
    void anOlderPartThatWasReplacedAsAWholeIsFound() {
        grow(1_200);
        InMemoryAuditLog other = new InMemoryAuditLog(CLOCK);
        for (int i = 0; i < 1_100; i++) {
            other.append(AuditEntry.of("test.replaced", "system", Map.of()));
        }
        List<StoredEntry> mixed = new ArrayList<>(other.read(0, 1_099));
        mixed.addAll(log.read(1_099, 200));
        log.replace(mixed);
        LogHealth health = health(1_150);
        assertTrue(health.verified());

        assertEquals(new LogHealth.Read.Intact(true), health.readOn());
        assertEquals(
                new LogHealth.Read.Broken(
                        1_100, "its chain hash does not follow from the entry before it"),
                health.readOn());
    }

    @Test
    void aLogThatEndsBeforeItsCheckpointIsBroken() {
        grow(50);

        assertFalse(health(60).verified());
        assertEquals(
                new LogHealth.Read.Broken(51, "it stood under a checkpoint and is missing"),
                health(60).readOn());
    }

    @Test
    void theLastEntryUnderTheCheckpointIsTheOneThatTheLogContinues() {
        grow(30);
        List<StoredEntry> entries = new ArrayList<>(log.read(0, 30));
        StoredEntry last = entries.get(19);
        entries.set(
                19,
                new StoredEntry(
                        20,
                        last.at(),
                        last.entry(),
                        last.leaf(),
                        last.leafHash(),
                        AuditHash.BEGINNING,
                        Map.of()));
        log.replace(entries);

        assertFalse(health(20).verified());
    }

    private LogHealth health(long signed) {
        return new LogHealth(log, () -> signed, READ_BY_A_CALLER);
    }

    private void grow(int entries) {
        for (int i = 0; i < entries; i++) {
            log.append(AuditEntry.of("test.grown", "system", Map.of()));
        }
    }

    private void tamper(int sequence) {
        List<StoredEntry> entries = new ArrayList<>(log.read(0, Integer.MAX_VALUE));
        StoredEntry honest = entries.get(sequence - 1);
        entries.set(
                sequence - 1,
                new StoredEntry(
                        honest.sequence(),
                        honest.at(),
                        AuditEntry.of("test.tampered", "system", Map.of()),
                        honest.leaf().replace("test.grown", "test.tampered"),
                        honest.leafHash(),
                        honest.chainHash(),
                        Map.of()));
        log.replace(entries);
    }
}
