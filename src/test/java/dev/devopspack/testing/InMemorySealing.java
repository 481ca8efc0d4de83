package dev.devopspack.testing;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.InclusionProof;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.Sealing;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.StoredEntry;

/// Signs checkpoints over a log in memory with the key that everybody knows.
public final class InMemorySealing implements Sealing {

    public static final FixedCheckpointKey KEY = new FixedCheckpointKey("log.example.com/audit");

    private final AuditLog log;
    private int sealed;

    public InMemorySealing(AuditLog log) {
        this.log = log;
    }

    @Override
    public SignedCheckpoint seal() {
        sealed++;
        MerkleTree tree = tree();
        return SignedCheckpoint.sign(
                new Checkpoint(KEY.open().name(), tree.size(), tree.root()), KEY);
    }

    /// How many checkpoints were asked for.
    public int sealed() {
        return sealed;
    }

    @Override
    public InclusionProof inclusion(long sequence, long size) {
        MerkleTree tree = tree();
        return new InclusionProof(
                sequence,
                size,
                log.find(sequence).orElseThrow().leafHash(),
                tree.root((int) size),
                tree.inclusionProof((int) sequence - 1, (int) size));
    }

    private MerkleTree tree() {
        MerkleTree tree = new MerkleTree();
        for (StoredEntry entry : log.read(0, Integer.MAX_VALUE)) {
            tree.add(entry.leafHash());
        }
        return tree;
    }
}
