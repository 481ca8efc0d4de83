package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.MerkleFrontier;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads and writes checkpoints and the tree's nodes on one connection.
final class CheckpointRows {

    /// Any number that nothing else in this database locks.
    private static final long LOCK = 0x6368_6563_6b70_7401L;

    private final Connection connection;

    CheckpointRows(Connection connection) {
        this.connection = connection;
    }

    /// What the newest checkpoint was made over.
    record Newest(long size, Digest root, Digest chainHash, @Nullable SignedCheckpoint signed) {

        static final Newest NONE = new Newest(0, MerkleTree.EMPTY, AuditHash.BEGINNING, null);
    }

    /// What a tree needs of an entry.
    record Leaf(long sequence, Digest leafHash, Digest chainHash) {}

    /// Until the transaction ends; false where another one has it.
    boolean lock() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /// The same, after whoever has it.
    void awaitLock() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            statement.executeQuery().close();
        }
    }

    Newest newest() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "select size, root, chain_hash, note from audit_checkpoints"
                                        + " order by size desc limit 1");
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? new Newest(
                            row.getLong(1),
                            Digest.ofHash(row.getBytes(2)),
                            Digest.ofHash(row.getBytes(3)),
                            SignedCheckpoint.parse(row.getString(4)))
                    : Newest.NONE;
        }
    }

    Optional<SignedCheckpoint> newestSigned() throws SQLException {
        return signed("select note from audit_checkpoints order by size desc limit 1");
    }

    /// The newest that a witness signed.
    Optional<SignedCheckpoint> newestCosigned() throws SQLException {
        return signed(
                "select note from audit_checkpoints where size ="
                        + " (select max(size) from audit_cosignatures)");
    }

    private Optional<SignedCheckpoint> signed(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(SignedCheckpoint.parse(row.getString(1)))
                    : Optional.empty();
        }
    }

    List<SignedCheckpoint> after(long size, int limit) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select note from audit_checkpoints where size > ? order by size limit ?")) {
            statement.setLong(1, size);
            statement.setInt(2, limit);
            List<SignedCheckpoint> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(SignedCheckpoint.parse(row.getString(1)));
                }
            }
            return found;
        }
    }

    /// What witnesses signed of the checkpoint of that size.
    List<SignedCheckpoint.Line> cosignatures(long size) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select name, key_id, signature from audit_cosignatures where size = ?"
                                + " order by name, key_id")) {
            statement.setLong(1, size);
            List<SignedCheckpoint.Line> lines = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.add(
                            new SignedCheckpoint.Line(
                                    row.getString(1), row.getString(2), row.getString(3)));
                }
            }
            return lines;
        }
    }

    void insert(long size, SignedCheckpoint.Line line, Instant at) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into audit_cosignatures (size, name, key_id, signature, at)"
                                + " values (?, ?, ?, ?, ?) on conflict do nothing")) {
            statement.setLong(1, size);
            statement.setString(2, line.name());
            statement.setString(3, line.keyId());
            statement.setString(4, line.signature());
            statement.setObject(5, at.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    boolean holds(Checkpoint checkpoint) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select 1 from audit_checkpoints where size = ? and root = ?")) {
            statement.setLong(1, checkpoint.size());
            statement.setBytes(2, checkpoint.root().bytes());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    List<Leaf> leaves(long after, int limit) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select sequence, leaf_hash, chain_hash from audit_entries"
                                + " where sequence > ? order by sequence limit ?")) {
            statement.setLong(1, after);
            statement.setInt(2, limit);
            List<Leaf> leaves = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    leaves.add(
                            new Leaf(
                                    row.getLong(1),
                                    Digest.ofHash(row.getBytes(2)),
                                    Digest.ofHash(row.getBytes(3))));
                }
            }
            return leaves;
        }
    }

    /// The hash of a complete subtree; a leaf's is its entry's.
    Digest hash(int height, long index) {
        String query =
                height == 0
                        ? "select leaf_hash from audit_entries where ? = 0 and sequence = ? + 1"
                        : "select hash from audit_nodes where height = ? and index = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setInt(1, height);
            statement.setLong(2, index);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return Digest.ofHash(row.getBytes(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the audit log's tree cannot be read", e);
        }
        throw new IllegalStateException(
                "the audit log's tree has no hash at height " + height + ", index " + index);
    }

    /// The hashes of complete subtrees side by side.
    List<Digest> hashes(int height, long first, int count) throws SQLException {
        String query =
                height == 0
                        ? "select leaf_hash from audit_entries where ? = 0 and sequence > ?"
                                + " order by sequence limit ?"
                        : "select hash from audit_nodes where height = ? and index >= ?"
                                + " order by index limit ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setInt(1, height);
            statement.setLong(2, first);
            statement.setInt(3, count);
            List<Digest> hashes = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    hashes.add(Digest.ofHash(row.getBytes(1)));
                }
            }
            if (hashes.size() != count) {
                throw new IllegalStateException(
                        "the audit log's tree lacks hashes at height " + height + " from " + first);
            }
            return hashes;
        }
    }

    void insert(SignedCheckpoint signed, Digest chainHash, Instant at) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into audit_checkpoints (size, root, chain_hash, note, at)"
                                + " values (?, ?, ?, ?, ?)")) {
            statement.setLong(1, signed.checkpoint().size());
            statement.setBytes(2, signed.checkpoint().root().bytes());
            statement.setBytes(3, chainHash.bytes());
            statement.setString(4, signed.note());
            statement.setObject(5, at.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    void insert(List<MerkleFrontier.Node> nodes) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into audit_nodes (height, index, hash)"
                                + " select * from unnest(?::bigint[], ?::bigint[], ?::bytea[])")) {
            Columns columns = new Columns(connection, statement);
            columns.longs(nodes.stream().map(node -> (long) node.height()));
            columns.longs(nodes.stream().map(MerkleFrontier.Node::index));
            columns.bytes(nodes.stream().map(node -> node.hash().bytes()));
            statement.executeUpdate();
        }
    }
}
