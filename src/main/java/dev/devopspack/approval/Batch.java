package dev.devopspack.approval;

import dev.devopspack.audit.MerkleTree;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.StrictJson;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one signature decides of several requests at once: their challenges, each exactly what
/// would be signed for that request alone, in the order of their hashes, below one root.
final class Batch {

    /// Twenty challenges of a dozen short fields.
    private static final int MAX_CHARACTERS = 100_000;

    private static final Comparator<Challenge> ORDER =
            Comparator.comparing(challenge -> HexFormat.of().formatHex(challenge.hash()));

    private final List<Challenge> challenges;
    private final MerkleTree tree;

    /// @throws InvalidInput if there are too few or too many, or two are about the same request
    Batch(List<Challenge> challenges) {
        this.challenges = challenges.stream().sorted(ORDER).toList();
        checkCount(challenges.size());
        Set<ApprovalId> requests = new HashSet<>();
        this.tree = new MerkleTree();
        for (Challenge challenge : this.challenges) {
            if (!requests.add(challenge.request())) {
                throw refusal(
                        "it names the request " + challenge.request() + " twice",
                        "Name each request once.");
            }
            tree.add(BatchProof.leaf(challenge));
        }
    }

    static void checkCount(int count) {
        if (count < BatchProof.LEAST || count > BatchProof.MOST) {
            throw refusal(
                    "it holds " + count + " requests",
                    "Choose "
                            + BatchProof.LEAST
                            + " to "
                            + BatchProof.MOST
                            + " requests; one alone is decided on its own page.");
        }
    }

    /// In the order of the tree's leaves.
    List<Challenge> challenges() {
        return challenges;
    }

    Digest root() {
        return tree.root();
    }

    /// The 32 bytes that the authenticator signs.
    byte[] hash() {
        return BatchProof.hash(root(), challenges.size());
    }

    BatchProof proof(int index) {
        int size = challenges.size();
        return new BatchProof(root(), size, index, tree.inclusionProof(index, size));
    }

    /// What the server keeps until the answer comes.
    String text() {
        return Canonical.text(
                Map.of("challenges", challenges.stream().map(Challenge::text).toList()));
    }

    static Batch parse(String text) {
        Fields fields = new Fields("batch", StrictJson.object("batch", text, MAX_CHARACTERS));
        List<Challenge> challenges = new ArrayList<>();
        for (String challenge : fields.texts("challenges")) {
            challenges.add(Challenge.parse(challenge));
        }
        return new Batch(challenges);
    }

    private static InvalidInput refusal(String problem, String mend) {
        return new InvalidInput("batch", problem, mend);
    }
}
