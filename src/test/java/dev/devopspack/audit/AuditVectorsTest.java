package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import dev.devopspack.testing.Golden;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Writes the test vectors of `docs/formats/audit-leaf.md`: whoever implements the format again
/// compares with them. What is in them must never change.
class AuditVectorsTest {

    private static final byte[] SALT =
            HexFormat.of()
                    .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    @Test
    void theVectorsOfTheFormatHold() {
        String commitment = AuditHash.commitment(SALT, "displayName", "Ada Lovelace");
        List<AuditLeaf> leaves =
                List.of(
                        new AuditLeaf(
                                1,
                                Instant.parse("2026-03-04T12:00:00Z"),
                                "log.opened",
                                "system",
                                Map.of(),
                                Map.of()),
                        new AuditLeaf(
                                2,
                                Instant.parse("2026-03-04T12:00:01.000002Z"),
                                "person.enrolled",
                                "person:7b1e0000-0000-4000-8000-000000000001",
                                Map.of("label", "Ada’s “laptop” \\ \n\u0007 €😀"),
                                Map.of("displayName", commitment)),
                        new AuditLeaf(
                                3,
                                Instant.parse("2026-03-04T12:00:02.123456Z"),
                                "change_set.stored",
                                "token:abc",
                                Map.of(
                                        "changeSet", "cs-aaaaaaaaaaaaaaaa",
                                        "environment", "production"),
                                Map.of()));

        Golden.assertDocument("formats/audit-leaf.vectors.jsonl", lines(leaves));
        Golden.assertDocument("formats/audit-leaf.vectors.txt", summary(leaves, commitment));
    }

    private static String lines(List<AuditLeaf> leaves) {
        StringBuilder out = new StringBuilder();
        for (ExportedEntry entry : chained(leaves)) {
            out.append(entry.line()).append('\n');
        }
        return out.toString();
    }

    private static String summary(List<AuditLeaf> leaves, String commitment) {
        MerkleTree tree = new MerkleTree();
        StringBuilder out = new StringBuilder();
        out.append("salt of displayName in entry 2: ")
                .append(HexFormat.of().formatHex(SALT))
                .append("\nvalue of displayName in entry 2: Ada Lovelace\ncommitment: ")
                .append(commitment)
                .append('\n');
        for (ExportedEntry entry : chained(leaves)) {
            tree.add(entry.leafHash());
            out.append("Merkle root of ")
                    .append(entry.sequence())
                    .append(": ")
                    .append(tree.root())
                    .append('\n');
        }
        return out.toString();
    }

    private static List<ExportedEntry> chained(List<AuditLeaf> leaves) {
        List<ExportedEntry> entries = new ArrayList<>();
        Digest chainHash = AuditHash.BEGINNING;
        for (AuditLeaf leaf : leaves) {
            Digest leafHash = AuditHash.leaf(leaf.text());
            chainHash = AuditHash.chain(chainHash, leaf.sequence(), leafHash);
            entries.add(new ExportedEntry(leaf.sequence(), leaf.text(), leafHash, chainHash));
        }
        return entries;
    }
}
