package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.devopspack.change.Digest;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Writes the test vectors of `docs/formats/checkpoint.md`, over the log of the vectors of
/// `docs/formats/audit-leaf.md`. What is in them must never change.
class CheckpointVectorsTest {

    private static final String ORIGIN = "devops-pack.example.com/audit/00c0ffee";
    private static final CheckpointKey KEY = new FixedCheckpointKey(ORIGIN);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Test
    void theVectorsOfTheFormatHold() throws Exception {
        MerkleTree tree = new MerkleTree();
        List<Digest> leaves = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/formats/audit-leaf.vectors.jsonl"))) {
            leaves.add(ExportedEntry.parse(line, leaves.size() + 1L).leafHash());
            tree.add(leaves.getLast());
        }
        InclusionProof inclusion =
                new InclusionProof(2, 3, leaves.get(1), tree.root(3), tree.inclusionProof(1, 3));
        ConsistencyProof consistency =
                new ConsistencyProof(1, 3, tree.root(1), tree.root(3), tree.consistencyProof(1, 3));
        Map<String, Object> vector = new LinkedHashMap<>();
        vector.put("key", KEY.open().text());
        vector.put("older", signed(tree, 1));
        vector.put("checkpoint", signed(tree, 3));
        vector.put("inclusion", JSON.readTree(inclusion.json()));
        vector.put("consistency", JSON.readTree(consistency.json()));

        assertTrue(inclusion.holds() && consistency.holds());
        Golden.assertDocument(
                "formats/checkpoint.vector.json", JSON.writeValueAsString(vector) + "\n");
    }

    private static String signed(MerkleTree tree, int size) {
        return SignedCheckpoint.sign(new Checkpoint(ORIGIN, size, tree.root(size)), KEY).note();
    }
}
