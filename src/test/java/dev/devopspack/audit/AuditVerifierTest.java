package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.audit.AuditVerifier.Result;
import dev.devopspack.audit.AuditVerifier.Result.Broken;
import dev.devopspack.audit.AuditVerifier.Result.Intact;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {

    private static final int COUNT = 12;

    @Test
    void anUntouchedLogIsIntact() {
        List<ExportedEntry> log = log();

        assertEquals(new Intact(COUNT, log.getLast().chainHash()), verify(log));
        assertEquals(new Intact(0, AuditHash.BEGINNING), verify(List.of()));
    }

    @Test
    void aStretchFromTheMiddleNeedsTheChainHashBeforeIt() {
        List<ExportedEntry> log = log();
        AuditVerifier right = AuditVerifier.after(5, log.get(4).chainHash());
        AuditVerifier wrong = AuditVerifier.after(5, log.get(3).chainHash());

        log.subList(5, COUNT).forEach(right::add);
        log.subList(5, COUNT).forEach(wrong::add);

        assertEquals(new Intact(COUNT, log.getLast().chainHash()), right.result());
        assertEquals(
                new Broken(6, "its chain hash does not follow from the entry before it"),
                wrong.result());
    }

    @Test
    void anEditedLeafIsNamed() {
        List<ExportedEntry> log = log();
        ExportedEntry old = log.get(4);
        log.set(4, withLeaf(old, old.leaf().replace("fact 5", "fact X")));

        assertEquals(new Broken(5, "its text is not the one that was hashed"), verify(log));
    }

    @Test
    void anEditedLeafWithItsHashMadeAnewIsNamed() {
        List<ExportedEntry> log = log();
        ExportedEntry old = log.get(4);
        String leaf = old.leaf().replace("fact 5", "fact X");
        log.set(4, new ExportedEntry(5, leaf, AuditHash.leaf(leaf), old.chainHash()));

        assertEquals(
                new Broken(5, "its chain hash does not follow from the entry before it"),
                verify(log));
    }

    @Test
    void anEditedEntryWithBothHashesMadeAnewBreaksTheNextOne() {
        List<ExportedEntry> log = log();
        String leaf = log.get(4).leaf().replace("fact 5", "fact X");
        log.set(4, chained(5, leaf, log.get(3).chainHash()));

        assertEquals(
                new Broken(6, "its chain hash does not follow from the entry before it"),
                verify(log));
    }

    @Test
    void aLogMadeAnewFromOneEntryOnDoesNotEndAsItShould() {
        List<ExportedEntry> log = log();
        Digest head = log.getLast().chainHash();
        Digest chainHash = log.get(3).chainHash();
        for (int i = 4; i < COUNT; i++) {
            log.set(i, chained(i + 1, log.get(i).leaf().replace("fact 5", "fact X"), chainHash));
            chainHash = log.get(i).chainHash();
        }

        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        log.forEach(verifier::add);

        assertEquals(
                new Broken(COUNT, "it is not the entry that the log should end with"),
                verifier.result(COUNT, head));
    }

    @Test
    void aMissingEntryIsNamed() {
        List<ExportedEntry> log = log();
        log.remove(4);

        assertEquals(new Broken(5, "it is missing; entry 6 stands in its place"), verify(log));
    }

    @Test
    void entriesThatChangedPlacesAreNamed() {
        List<ExportedEntry> log = log();
        log.set(4, log.set(7, log.get(4)));

        assertEquals(new Broken(5, "it is missing; entry 8 stands in its place"), verify(log));
    }

    @Test
    void anotherEntrysTextUnderThisNumberIsNamed() {
        List<ExportedEntry> log = log();
        log.set(4, chained(5, log.get(7).leaf(), log.get(3).chainHash()));

        assertEquals(new Broken(5, "its text belongs to entry 8"), verify(log));
    }

    @Test
    void aCutTailIsNamed() {
        List<ExportedEntry> log = log();
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        log.subList(0, 9).forEach(verifier::add);

        assertEquals(
                new Broken(10, "the log ends before it; its end was cut off"),
                verifier.result(COUNT, log.getLast().chainHash()));
    }

    @Test
    void aLeafThatIsNotCanonicalIsNamed() {
        List<ExportedEntry> log = log();
        String spaced = log.get(4).leaf().replaceFirst("\\{", "{ ");
        log.set(4, chained(5, spaced, log.get(3).chainHash()));

        assertEquals(
                new Broken(5, "its text is no leaf of format devops-pack/audit-leaf/v1"),
                verify(log));
    }

    @Test
    void everySingleChangedCharacterOfAnExportIsFound() {
        List<ExportedEntry> log = log();
        Result intact = verify(log);
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            int index = random.nextInt(COUNT);
            String line = log.get(index).line();
            int place = random.nextInt(line.length());
            char other = (char) (' ' + random.nextInt(95));
            if (line.charAt(place) == other) {
                continue;
            }
            String changed = line.substring(0, place) + other + line.substring(place + 1);
            List<ExportedEntry> tampered = new ArrayList<>(log);
            try {
                tampered.set(index, ExportedEntry.parse(changed, index + 1));
            } catch (InvalidInput e) {
                continue;
            }
            if (!tampered.equals(log)) {
                Broken broken = (Broken) verify(tampered);
                assertEquals(index + 1, broken.sequence(), changed);
            }
        }
        assertEquals(intact, verify(log));
    }

    @Test
    void aLineThatIsNoEntryIsRefusedByItsNumber() {
        for (String line : List.of("", "{", "[]", "{}", "{\"sequence\":1}", "null", "1 2")) {
            InvalidInput refused =
                    assertThrows(InvalidInput.class, () -> ExportedEntry.parse(line, 7));
            assertEquals("line 7", refused.where());
        }
    }

    @Test
    void anEntryComesBackFromItsLine() {
        for (ExportedEntry entry : log()) {
            assertEquals(entry, ExportedEntry.parse(entry.line(), 1));
        }
    }

    @Test
    void searchableFieldsThatAreNotThoseHashedAreNamed() {
        StoredEntry right = stored(Map.of("environment", "production"), "Ada");
        StoredEntry wrong = stored(Map.of("environment", "staging"), "Ada");

        assertEquals(
                new Intact(1, right.chainHash()),
                AuditVerifier.fromTheBeginning().add(right).result());
        assertEquals(
                new Broken(1, "its searchable fields are not those that were hashed"),
                AuditVerifier.fromTheBeginning().add(wrong).result());
    }

    @Test
    void aPersonalFieldThatIsNotTheOneCommittedToIsNamed() {
        assertEquals(
                new Broken(1, "its personal field name is not the one committed to"),
                AuditVerifier.fromTheBeginning()
                        .add(stored(Map.of("environment", "production"), "Eve"))
                        .result());
    }

    @Test
    void erasedPersonalFieldsKeepTheEntryIntact() {
        StoredEntry whole = stored(Map.of("environment", "production"), "Ada");
        StoredEntry erased =
                new StoredEntry(
                        1,
                        whole.at(),
                        AuditEntry.of("a.b", "system", whole.entry().facts()),
                        whole.leaf(),
                        whole.leafHash(),
                        whole.chainHash(),
                        Map.of());

        assertEquals(
                new Intact(1, whole.chainHash()),
                AuditVerifier.fromTheBeginning().add(erased).result());
    }

    @Test
    void anyTextBecomesOneThatEveryReaderHashesAlike() {
        AuditEntry entry =
                AuditEntry.of(
                        "a.b", "system", Map.of("text", "e\u0301 \ud800 \u0000 \ud83d\ude00"));

        assertEquals(Map.of("text", "\u00e9 \ufffd \ufffd \ud83d\ude00"), entry.facts());
        AuditLeaf leaf = new AuditLeaf(1, Instant.EPOCH, "a.b", "system", entry.facts(), Map.of());
        assertEquals(Optional.of(leaf), AuditLeaf.parse(leaf.text()));
    }

    private static StoredEntry stored(Map<String, String> facts, String name) {
        byte[] salt = new byte[AuditHash.SALT_BYTES];
        AuditLeaf leaf =
                new AuditLeaf(
                        1,
                        Instant.EPOCH,
                        "a.b",
                        "system",
                        Map.of("environment", "production"),
                        Map.of("name", AuditHash.commitment(salt, "name", "Ada")));
        ExportedEntry entry = chained(1, leaf.text(), AuditHash.BEGINNING);
        return new StoredEntry(
                1,
                Instant.EPOCH,
                new AuditEntry("a.b", "system", facts, Map.of("name", name)),
                entry.leaf(),
                entry.leafHash(),
                entry.chainHash(),
                Map.of("name", "00".repeat(AuditHash.SALT_BYTES)));
    }

    private static Result verify(List<ExportedEntry> log) {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        log.forEach(verifier::add);
        return verifier.result();
    }

    private static List<ExportedEntry> log() {
        List<ExportedEntry> log = new ArrayList<>();
        Digest chainHash = AuditHash.BEGINNING;
        for (int i = 1; i <= COUNT; i++) {
            AuditLeaf leaf =
                    new AuditLeaf(
                            i,
                            Instant.ofEpochSecond(i),
                            "test.entry",
                            "system",
                            Map.of("text", "fact " + i),
                            Map.of());
            log.add(chained(i, leaf.text(), chainHash));
            chainHash = log.getLast().chainHash();
        }
        return log;
    }

    private static ExportedEntry chained(long sequence, String leaf, Digest previous) {
        Digest leafHash = AuditHash.leaf(leaf);
        return new ExportedEntry(
                sequence, leaf, leafHash, AuditHash.chain(previous, sequence, leafHash));
    }

    private static ExportedEntry withLeaf(ExportedEntry entry, String leaf) {
        return new ExportedEntry(entry.sequence(), leaf, entry.leafHash(), entry.chainHash());
    }
}
