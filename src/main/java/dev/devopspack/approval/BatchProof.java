package dev.devopspack.approval;

import dev.devopspack.audit.MerkleTree;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.StrictJson;
import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// That a challenge is one of those that a person signed together: its place in the tree whose root
/// was signed, format v1 (see `docs/formats/batch.md`).
///
/// @param root of the tree (RFC 6962)
/// @param size how many challenges were signed together
/// @param index the challenge's place among them, from 0
/// @param path the hashes from the leaf to the root, from below
public record BatchProof(Digest root, long size, long index, List<Digest> path) {

    /// One alone is a decision of its own.
    public static final int LEAST = 2;

    /// Each text is read in full before the one signature: more than twenty on one page are
    /// scrolled over. It also bounds what one transaction locks and writes.
    public static final int MOST = 20;

    private static final byte[] DOMAIN =
            "devops-pack/approval-batch/v1\0".getBytes(StandardCharsets.US_ASCII);

    private static final Set<String> MEMBERS = Set.of("root", "size", "index", "path");

    /// Three short members, and as many hashes as a tree of {@link #MOST} leaves is high.
    private static final int MAX_CHARACTERS = 1_000;

    public BatchProof {
        path = List.copyOf(path);
        if (size < LEAST || size > MOST) {
            throw refusal("it holds " + size + " decisions, not " + LEAST + " to " + MOST);
        }
        if (index < 0 || index >= size) {
            throw refusal("it has no decision " + index);
        }
    }

    /// Whether the challenge is the one at this place in the tree.
    boolean holds(Challenge challenge) {
        return MerkleTree.verifyInclusion(leaf(challenge), index, size, path, root);
    }

    /// The 32 bytes that the authenticator signs for all of them.
    byte[] hash() {
        return hash(root, size);
    }

    static byte[] hash(Digest root, long size) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(DOMAIN);
        return sha256.digest(Canonical.bytes(Map.of("root", root.value(), "size", size)));
    }

    /// RFC 6962: the byte 0 and the 32 bytes that would be signed for this one alone.
    static Digest leaf(Challenge challenge) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 0);
        return Digest.ofHash(sha256.digest(challenge.hash()));
    }

    Map<String, Object> document() {
        return Map.of(
                "root",
                root.value(),
                "size",
                size,
                "index",
                index,
                "path",
                path.stream().map(Digest::value).toList());
    }

    /// The canonical text.
    public String text() {
        return Canonical.text(document());
    }

    /// Reads a canonical text back.
    ///
    /// @throws InvalidInput if it is not exactly what {@link #text()} gives
    public static BatchProof parse(String text) {
        Map<String, Object> map = StrictJson.object("batch", text, MAX_CHARACTERS);
        BatchProof proof = of(new Fields("batch", map));
        if (!map.keySet().equals(MEMBERS) || !proof.text().equals(text)) {
            throw refusal("it is not in canonical form");
        }
        return proof;
    }

    static BatchProof of(Fields fields) {
        return new BatchProof(
                new Digest(fields.text("root")),
                fields.number("size"),
                fields.number("index"),
                fields.texts("path").stream().map(Digest::new).toList());
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("batch", problem, "Use it as it was made.");
    }
}
