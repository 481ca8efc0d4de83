package dev.devopspack.adapter.database;

import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.CheckpointKey;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.ConsistencyProof;
import dev.devopspack.audit.Cosigner;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.InclusionProof;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.Tile;
import dev.devopspack.audit.TreeProofs;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checkpoints in PostgreSQL.
@ApplicationScoped
@Typed(Checkpoints.class) // who seals also looks at the file outside the database
@Transactional
class StoredCheckpoints implements Checkpoints {

    private final AgroalDataSource database;
    private final CheckpointKey key;
    private final Clock clock;
    private final CheckpointMaking making;

    StoredCheckpoints(AgroalDataSource database, CheckpointKey key, Clock clock) {
        this.database = database;
        this.key = key;
        this.clock = clock;
        this.making = new CheckpointMaking(key, clock);
    }

    @Override
    public LogKey key() {
        return key.open();
    }

    @Override
    public Optional<CosignerKey> secondKey() {
        return key.cosigner().map(Cosigner::open);
    }

    @Override
    public Optional<SignedCheckpoint> newest() {
        return with(connection -> {
            CheckpointRows rows = new CheckpointRows(connection);
            Optional<SignedCheckpoint> newest = rows.newestSigned();
            return newest.isPresent()
                    ? Optional.of(withLines(newest.get(), rows))
                    : Optional.empty();
        });
    }

    @Override
    public Optional<SignedCheckpoint> witnessed() {
        return with(connection -> {
            CheckpointRows rows = new CheckpointRows(connection);
            Optional<SignedCheckpoint> newest = rows.newestCosigned();
            return newest.isPresent()
                    ? Optional.of(withLines(newest.get(), rows))
                    : Optional.empty();
        });
    }

    private static SignedCheckpoint withLines(SignedCheckpoint signed, CheckpointRows rows)
            throws SQLException {
        SignedCheckpoint all = signed;
        for (SignedCheckpoint.Line line : rows.cosignatures(signed.checkpoint().size())) {
            all = all.with(line);
        }
        return all;
    }

    @Override
    public void cosigned(long size, SignedCheckpoint.Line line) {
        with(connection -> {
            new CheckpointRows(connection).insert(size, line, Moments.stored(clock.instant()));
            return line;
        });
    }

    @Override
    public List<SignedCheckpoint> after(long size, int limit) {
        return with(connection -> new CheckpointRows(connection).after(size, limit));
    }

    @Override
    public boolean holds(Checkpoint checkpoint) {
        return with(connection -> new CheckpointRows(connection).holds(checkpoint));
    }

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Step make() {
        return with(making::make);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public SignedCheckpoint seal() {
        return with(making::seal);
    }

    @Override
    public InclusionProof inclusion(long sequence, long size) {
        return with(connection -> inclusion(new CheckpointRows(connection), sequence, size));
    }

    @Override
    public ConsistencyProof consistency(long from, long to) {
        return with(connection -> consistency(new CheckpointRows(connection), from, to));
    }

    @Override
    public List<Digest> tile(Tile tile) {
        return with(connection -> tile(new CheckpointRows(connection), tile));
    }

    static List<Digest> tile(CheckpointRows rows, Tile tile) throws SQLException {
        if (!tile.within(rows.newest().size())) {
            throw tile.beyond();
        }
        return rows.hashes(tile.height(), tile.first(), tile.width());
    }

    static InclusionProof inclusion(CheckpointRows rows, long sequence, long size)
            throws SQLException {
        check("size", size, 1, rows.newest().size());
        check("sequence", sequence, 1, size);
        TreeProofs proofs = new TreeProofs(readOnce(rows::hash));
        return new InclusionProof(
                sequence,
                size,
                rows.hash(0, sequence - 1),
                proofs.root(size),
                proofs.inclusion(sequence - 1, size));
    }

    /// The root and the way to it have most of their nodes in common, and each is a question to the
    /// database.
    private static TreeProofs.Nodes readOnce(TreeProofs.Nodes nodes) {
        record Place(int height, long index) {}
        Map<Place, Digest> read = new HashMap<>();
        return (height, index) ->
                read.computeIfAbsent(new Place(height, index), _ -> nodes.hash(height, index));
    }

    static ConsistencyProof consistency(CheckpointRows rows, long from, long to)
            throws SQLException {
        check("to", to, 1, rows.newest().size());
        check("from", from, 1, to);
        TreeProofs proofs = new TreeProofs(rows::hash);
        return new ConsistencyProof(
                from, to, proofs.root(from), proofs.root(to), proofs.consistency(from, to));
    }

    private static void check(String name, long number, long least, long most) {
        if (most < 1) {
            throw new InvalidInput(
                    name, "there is no checkpoint yet", "Ask again after the first entry.");
        }
        if (number < least || number > most) {
            throw new InvalidInput(
                    name,
                    "it is '" + number + "'",
                    "Use a number from " + least + " to " + most + ".");
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the audit log's checkpoints cannot be reached", e);
        }
    }
}
