package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.audit.Redactor;
import dev.devopspack.change.Digest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/// Appends entries on a connection, in whatever transaction it has open.
///
/// Whoever appends holds the log's head until the transaction ends, so the sequence is dense and
/// the chain has no fork; the database refuses an entry that does not follow.
final class AuditAppender {

    private final Redactor redactor;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AuditAppender(Redactor redactor, Clock clock) {
        this.redactor = redactor;
        this.clock = clock;
    }

    /// @return the entry's sequence number
    long append(Connection connection, AuditEntry entry) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("an entry is appended within a transaction");
        }
        AuditEntry redacted =
                new AuditEntry(
                        entry.kind(),
                        entry.actor(),
                        redacted(entry.facts()),
                        redacted(entry.personal()));
        Map<String, byte[]> salts = salts(redacted);
        Map<String, String> commitments = new TreeMap<>();
        salts.forEach((field, salt) ->
                commitments.put(
                        field,
                        AuditHash.commitment(
                                salt, field, redacted.personal().getOrDefault(field, ""))));
        Head head = lockHead(connection);
        AuditLeaf leaf =
                new AuditLeaf(
                        head.sequence() + 1,
                        Moments.stored(clock.instant()),
                        redacted.kind(),
                        redacted.actor(),
                        redacted.facts(),
                        commitments);
        insert(connection, head, leaf);
        insertPersonal(connection, leaf.sequence(), salts, redacted.personal());
        return leaf.sequence();
    }

    private Map<String, String> redacted(Map<String, String> fields) {
        Map<String, String> redacted = new TreeMap<>();
        fields.forEach((name, value) -> redacted.put(name, cut(redactor.redact(value))));
        return redacted;
    }

    /// A mark may be longer than the secret it stands for.
    private static String cut(String text) {
        return text.length() <= AuditEntry.MAX_FACT_LENGTH
                ? text
                : text.substring(0, AuditEntry.MAX_FACT_LENGTH);
    }

    /// One for each field, so that erasing one field leaves nothing that helps to guess it.
    private Map<String, byte[]> salts(AuditEntry entry) {
        Map<String, byte[]> salts = new TreeMap<>();
        for (String field : entry.personal().keySet()) {
            byte[] salt = new byte[AuditHash.SALT_BYTES];
            random.nextBytes(salt);
            salts.put(field, salt);
        }
        return salts;
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
            Map<String, byte[]> salts,
            Map<String, String> values)
            throws SQLException {
        if (salts.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into audit_personal (sequence, field, salt, value)"
                                + " values (?, ?, ?, ?)")) {
            for (Map.Entry<String, byte[]> salt : salts.entrySet()) {
                statement.setLong(1, sequence);
                statement.setString(2, salt.getKey());
                statement.setBytes(3, salt.getValue());
                statement.setString(4, values.get(salt.getKey()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
