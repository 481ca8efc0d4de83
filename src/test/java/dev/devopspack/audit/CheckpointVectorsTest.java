package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.devopspack.change.Digest;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writes the test vectors of `docs/formats/checkpoint.md`, over the log of the vectors of
/// `docs/formats/audit-leaf.md`. What is in them must never change.
class CheckpointVectorsTest {

    private static final String ORIGIN = "devops-pack.example.com/audit/00c0ffee";
    private static final CheckpointKey KEY = new FixedCheckpointKey(ORIGIN);
    private static final String ACCEPTED = "{\"ok\":true,\"problems\":[]}";
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

    @Test
    void anotherProgramAcceptsThemAndNothingElse(@TempDir Path folder) throws Exception {
        JsonNode vector =
                JSON.readTree(Files.readString(Path.of("docs/formats/checkpoint.vector.json")));
        String key = vector.path("key").asText();
        String older =
                Files.writeString(folder.resolve("older"), vector.path("older").asText())
                        .toString();
        String newer =
                Files.writeString(folder.resolve("newer"), vector.path("checkpoint").asText())
                        .toString();
        String inclusion =
                Files.writeString(folder.resolve("inclusion"), vector.path("inclusion").toString())
                        .toString();
        String consistency =
                Files.writeString(
                                folder.resolve("consistency"),
                                vector.path("consistency").toString())
                        .toString();
        String log = "docs/formats/audit-leaf.vectors.jsonl";

        assertEquals(ACCEPTED, node("checkpoint", key, older, log));
        assertEquals(ACCEPTED, node("checkpoint", key, newer, log));
        assertEquals(ACCEPTED, node("inclusion", key, newer, inclusion, log));
        assertEquals(ACCEPTED, node("consistency", key, older, newer, consistency));
        assertNotEquals(ACCEPTED, node("inclusion", key, older, inclusion, log));
        assertNotEquals(ACCEPTED, node("consistency", key, newer, older, consistency));
        String other =
                Files.writeString(
                                folder.resolve("other"),
                                vector.path("checkpoint").asText().replace("\n3\n", "\n2\n"))
                        .toString();
        assertNotEquals(ACCEPTED, node("checkpoint", key, other));
    }

    private static String node(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(Tools.require("node").toString(), "src/test/node/verify.mjs"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "node did not end");
        return said.strip();
    }

    private static String signed(MerkleTree tree, int size) {
        return SignedCheckpoint.sign(new Checkpoint(ORIGIN, size, tree.root(size)), KEY).note();
    }
}
