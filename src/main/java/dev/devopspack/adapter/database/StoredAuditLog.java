package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.Redactor;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The log in PostgreSQL. Whoever appends holds the log's head until the transaction ends, so the
/// sequence is dense and the chain has no fork; the database refuses an entry that does not follow.
@ApplicationScoped
@Transactional
class StoredAuditLog implements AuditLog {

    private final AgroalDataSource database;
    private final AuditRows rows;
    private final Redactor redactor;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    StoredAuditLog(AgroalDataSource database, AuditRows rows, Redactor redactor, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.redactor = redactor;
        this.clock = clock;
    }

    @Override
    public long append(AuditEntry entry) {
        AuditEntry redacted = redacted(entry);
        // The connection is the one of the caller's transaction.
        try (Connection connection = database.getConnection()) {
            Head head = lockHead(connection);
            long sequence = head.sequence() + 1;
            Map<String, byte[]> salts = salts(redacted);
            AuditLeaf leaf = leaf(sequence, redacted, salts);
            insert(connection, head, leaf);
            for (Map.Entry<String, byte[]> salt : salts.entrySet()) {
                insertPersonal(connection, sequence, salt, redacted.personal());
            }
            return sequence;
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the audit log does not take the entry " + entry.kind(), e);
        }
    }

    private AuditEntry redacted(AuditEntry entry) {
        return new AuditEntry(
                entry.kind(), entry.actor(), redacted(entry.facts()), redacted(entry.personal()));
    }

    private Map<String, String> redacted(Map<String, String> fields) {
        Map<String, String> redacted = new TreeMap<>();
        fields.forEach((name, value) -> redacted.put(name, redactor.redact(value)));
        return redacted;
    }

    private record Head(long sequence, Digest chainHash) {}

    private static Head lockHead(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select * from lock_audit_head()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Head(row.getLong(1), Digest.ofHash(row.getBytes(2)));
        }
    }

    private Map<String, byte[]> salts(AuditEntry entry) {
        Map<String, byte[]> salts = new TreeMap<>();
        entry.personal()
                .keySet()
                .forEach(field -> {
                    byte[] salt = new byte[AuditHash.SALT_BYTES];
                    random.nextBytes(salt);
                    salts.put(field, salt);
                });
        return salts;
    }

    private AuditLeaf leaf(long sequence, AuditEntry entry, Map<String, byte[]> salts) {
        Map<String, String> commitments = new TreeMap<>();
        entry.personal()
                .forEach((field, value) -> {
                    byte[] salt = salts.getOrDefault(field, new byte[0]);
                    commitments.put(field, AuditHash.commitment(salt, field, value));
                });
        return new AuditLeaf(
                sequence,
                Moments.stored(clock.instant()),
                entry.kind(),
                entry.actor(),
                entry.facts(),
                commitments);
    }

    private static void insert(Connection connection, Head head, AuditLeaf leaf)
            throws SQLException {
        String text = leaf.text();
        Digest leafHash = AuditHash.leaf(text);
        Digest chainHash = AuditHash.chain(head.chainHash(), leaf.sequence(), leafHash);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into audit_entries (sequence, at, kind, actor, change_set,"
                                + " environment, leaf, leaf_hash, chain_hash)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            statement.setLong(1, leaf.sequence());
            statement.setObject(2, leaf.at().atOffset(ZoneOffset.UTC));
            statement.setString(3, leaf.kind());
            statement.setString(4, leaf.actor());
            statement.setString(5, leaf.facts().get("changeSet"));
            statement.setString(6, leaf.facts().get("environment"));
            statement.setString(7, text);
            statement.setBytes(8, leafHash.bytes());
            statement.setBytes(9, chainHash.bytes());
            statement.executeUpdate();
        }
    }

    private static void insertPersonal(
            Connection connection,
            long sequence,
            Map.Entry<String, byte[]> salt,
            Map<String, String> values)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into audit_personal (sequence, field, salt, value)"
                                + " values (?, ?, ?, ?)")) {
            statement.setLong(1, sequence);
            statement.setString(2, salt.getKey());
            statement.setBytes(3, salt.getValue());
            statement.setString(4, values.get(salt.getKey()));
            statement.executeUpdate();
        }
    }

    @Override
    public List<StoredEntry> read(long after, int limit) {
        return rows.read(after, limit);
    }

    @Override
    public List<StoredEntry> search(AuditQuery query) {
        return rows.search(query);
    }

    @Override
    public Optional<StoredEntry> find(long sequence) {
        return rows.read(sequence - 1, 1).stream()
                .filter(entry -> entry.sequence() == sequence)
                .findFirst();
    }

    @Override
    public Optional<StoredEntry> head() {
        return rows.search(AuditQuery.newest(1)).stream().findFirst();
    }
}
