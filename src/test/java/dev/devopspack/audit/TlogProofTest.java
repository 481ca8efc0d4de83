package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.FixedCheckpointKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTest {

    private static final FixedCheckpointKey KEY = new FixedCheckpointKey("log.example.com/audit");
    private static final List<String> LEAVES =
            IntStream.range(0, 13).mapToObj(i -> "{\"entry\":\"é " + i + "\"}").toList();

    @Test
    void aProofOfEveryEntryHoldsAfterWritingAndReading() {
        for (int index = 0; index < LEAVES.size(); index++) {
            TlogProof proof = proof(index);

            TlogProof read = TlogProof.parse(proof.text());

            assertEquals(proof, read);
            assertTrue(read.holds(leafHash(index), KEY.open()));
        }
    }

    @Test
    void theTextIsThatOfTheSpecification() {
        String hash = "[A-Za-z0-9+/]{43}=\n";
        assertTrue(
                proof(4).text()
                        .matches(
                                "c2sp\\.org/tlog-proof@v1\nextra [A-Za-z0-9+/]+=*\nindex 4\n"
                                        + hash.repeat(4)
                                        + "\nlog\\.example\\.com/audit\n13\n"
                                        + hash
                                        + "\n\u2014 log\\.example\\.com/audit [A-Za-z0-9+/=]+\n"),
                proof(4)::text);
    }

    @Test
    void aProofOfAnotherEntryPlaceTreeOrKeyDoesNotHold() {
        TlogProof proof = proof(4);
        LogKey other = new FixedCheckpointKey("other.example.com/audit").open();

        assertFalse(proof.holds(leafHash(5), KEY.open()));
        assertFalse(proof.holds(leafHash(4), other));
        assertFalse(
                new TlogProof(4, proof.leaf(), proof.hashes(), proof.checkpoint())
                        .holds(leafHash(4), KEY.open()));
        assertFalse(
                new TlogProof(5, proof.leaf(), proof.hashes(), signed(12))
                        .holds(leafHash(4), KEY.open()));
        assertFalse(
                new TlogProof(20, proof.leaf(), proof.hashes(), proof.checkpoint())
                        .holds(leafHash(4), KEY.open()));
        assertFalse(
                TlogProof.parse(proof.text().replace("\n13\n", "\n14\n"))
                        .holds(leafHash(4), KEY.open()));
    }

    @Test
    void aProofWithoutTheEntryCanBeReadToo() {
        TlogProof proof = new TlogProof(1, Optional.empty(), proof(0).hashes(), signed(13));

        assertEquals(proof, TlogProof.parse(proof.text()));
        assertFalse(proof.text().contains("extra"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v2\nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 00\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex -1\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nextra ////\nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nextra e30\nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nextra e30=\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\n\nno note",
            })
    void whatIsNoProofIsRefused(String text) {
        String whole = text.replace("NOTE", signed(13).note());

        assertThrows(InvalidInput.class, () -> TlogProof.parse(whole));
    }

    @Test
    void aBombOfHashesIsRefused() {
        String line = "A".repeat(43) + "=\n";

        assertThrows(
                InvalidInput.class,
                () ->
                        TlogProof.parse(
                                TlogProof.FIRST_LINE
                                        + "\nindex 0\n"
                                        + line.repeat(64)
                                        + "\n"
                                        + signed(13).note()));
    }

    private static TlogProof proof(int index) {
        return new TlogProof(
                index + 1L,
                Optional.of(LEAVES.get(index)),
                tree(13).inclusionProof(index, 13),
                signed(13));
    }

    private static SignedCheckpoint signed(int size) {
        return SignedCheckpoint.sign(
                new Checkpoint(KEY.open().name(), size, tree(size).root()), KEY);
    }

    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        IntStream.range(0, size).forEach(i -> tree.add(leafHash(i)));
        return tree;
    }

    private static Digest leafHash(int index) {
        return AuditHash.leaf(LEAVES.get(index));
    }
}
