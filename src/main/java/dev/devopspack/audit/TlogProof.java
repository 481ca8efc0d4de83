package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// That an entry is in the log, in one file that needs nobody to be asked: C2SP `tlog-proof` (v1).
///
/// @param sequence the entry's number; its index in the tree is one less
/// @param leaf the exact text of the entry, as the proof's extra data; nothing where the proof is
///   of something that is known otherwise
/// @param hashes from the leaf up, in the order of RFC 6962
/// @param checkpoint the signed tree that they lead to
public record TlogProof(
        long sequence, Optional<String> leaf, List<Digest> hashes, SignedCheckpoint checkpoint) {

    public static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int HASH_BYTES = 32;

    /// The largest tree is not deeper.
    private static final int MAX_HASHES = 63;

    /// The longest leaf in base64, a few dozen hashes and the longest checkpoint.
    private static final int MAX_LENGTH = 6_000_000;

    public TlogProof {
        hashes = List.copyOf(hashes);
    }

    /// Whether `text` starts like one.
    public static boolean looksLike(String text) {
        return text.startsWith(FIRST_LINE + "\n");
    }

    public String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        leaf.ifPresent(exact ->
                text.append(EXTRA)
                        .append(base64(exact.getBytes(StandardCharsets.UTF_8)))
                        .append('\n'));
        text.append(INDEX).append(sequence - 1).append('\n');
        hashes.forEach(hash -> text.append(base64(hash.bytes())).append('\n'));
        return text.append('\n').append(checkpoint.note()).toString();
    }

    /// Reads what {@link #text()} wrote, and proofs of other programs.
    ///
    /// @throws InvalidInput if it is no proof; one that does not hold is not noticed here
    public static TlogProof parse(String text) {
        int end = text.indexOf("\n\n");
        if (text.length() > MAX_LENGTH || end < 0 || !looksLike(text)) {
            throw refusal("it does not begin with the line " + FIRST_LINE);
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, end).split("\n", -1)));
        lines.removeFirst();
        Optional<String> leaf = Optional.empty();
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            leaf =
                    Optional.of(
                            utf8(
                                    LogKey.strictBase64(
                                            lines.removeFirst().substring(EXTRA.length()))));
        }
        long index = index(lines);
        if (lines.size() > MAX_HASHES) {
            throw refusal("it has more hashes than a tree is deep");
        }
        List<Digest> hashes = lines.stream().map(TlogProof::hash).toList();
        return new TlogProof(
                index + 1, leaf, hashes, SignedCheckpoint.parse(text.substring(end + 2)));
    }

    /// Whether the checkpoint, signed by that key, has an entry of this leaf hash at this place.
    public boolean holds(Digest leafHash, LogKey key) {
        long size = checkpoint.checkpoint().size();
        return checkpoint.signedBy(key)
                && sequence <= size
                && MerkleTree.verifyInclusion(
                        leafHash, sequence - 1, size, hashes, checkpoint.checkpoint().root());
    }

    private static long index(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw refusal("it does not say which entry it is of");
        }
        String digits = lines.removeFirst().substring(INDEX.length());
        if (!SignedCheckpoint.isSize(digits)) {
            throw refusal("the entry's index is no number");
        }
        return Long.parseLong(digits);
    }

    private static Digest hash(String line) {
        byte[] bytes = LogKey.strictBase64(line);
        if (bytes.length != HASH_BYTES) {
            throw refusal("a hash is not 32 bytes long");
        }
        return Digest.ofHash(bytes);
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw refusal("its extra data is no text");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("proof", problem, "Use the file as it was downloaded.");
    }
}
