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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Appends entries on a connection, in whatever transaction it has open.
///
/// Whoever appends holds the log's head until the transaction ends, so the sequence is dense and
/// the chain has no fork; the database refuses an entry that does not follow.
final class AuditAppender {

    /// One statement, so that without a transaction it is one and needs one exchange with the
    /// database. Entries come first: inserting them takes the log's head before anything else.
    private static final String INSERT =
            """
            with personal as (
                insert into audit_personal (sequence, field, salt, value)
                select * from unnest(?::bigint[], ?::text[], ?::bytea[], ?::text[])
            )
            insert into audit_entries (sequence, at, kind, actor, change_set, environment, leaf,
                leaf_hash, chain_hash)
            select * from unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::text[],
                ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])
            """;

    /// The sequence number is taken, or the hashes do not follow from the head.
    private static final Set<String> CONTINUES_NOT = Set.of("23505", "23000");

    private final Redactor redactor;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AuditAppender(Redactor redactor, Clock clock) {
        this.redactor = redactor;
        this.clock = clock;
    }

    /// What can be computed of an entry before its place is known.
    ///
    /// @param entry redacted
    /// @param salts one for each personal field, so that erasing one leaves nothing that helps to
    ///   guess another
    record Prepared(AuditEntry entry, Map<String, byte[]> salts, Map<String, String> commitments) {}

    /// @return the entry's sequence number
    long append(Connection connection, AuditEntry entry) throws SQLException {
        return append(connection, List.of(prepare(entry)));
    }

    Prepared prepare(AuditEntry entry) {
        AuditEntry redacted =
                new AuditEntry(
                        entry.kind(),
                        entry.actor(),
                        redacted(entry.facts()),
                        redacted(entry.personal()));
        Map<String, byte[]> salts = new TreeMap<>();
        Map<String, String> commitments = new TreeMap<>();
        redacted.personal()
                .forEach((field, value) -> {
                    byte[] salt = new byte[AuditHash.SALT_BYTES];
                    random.nextBytes(salt);
                    salts.put(field, salt);
                    commitments.put(field, AuditHash.commitment(salt, field, value));
                });
        return new Prepared(redacted, salts, commitments);
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

    /// Appends them one after the other.
    ///
    /// @return the first one's sequence number
    long append(Connection connection, List<Prepared> entries) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("an entry is appended within a transaction");
        }
        Head head = lockHead(connection);
        append(connection, head, entries);
        return head.sequence() + 1;
    }

    /// Appends them after a head that may have moved meanwhile: the database refuses them then,
    /// with an error for which {@link #moved} holds.
    ///
    /// @return the new head
    Head append(Connection connection, Head head, List<Prepared> entries) throws SQLException {
        Instant now = Moments.stored(clock.instant());
        Rows rows = new Rows(head);
        entries.forEach(entry -> rows.add(entry, now));
        rows.insert(connection);
        return rows.head;
    }

    /// The log's newest entry.
    record Head(long sequence, Digest chainHash) {}

    static boolean moved(SQLException failure) {
        return CONTINUES_NOT.contains(String.valueOf(failure.getSQLState()));
    }

    static Head lockHead(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select * from lock_audit_head()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Head(row.getLong(1), Digest.ofHash(row.getBytes(2)));
        }
    }

    /// Rows that continue the log, by column.
    private static final class Rows {

        private final List<AuditLeaf> leaves = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private final List<byte[]> leafHashes = new ArrayList<>();
        private final List<byte[]> chainHashes = new ArrayList<>();
        private final List<Long> personOf = new ArrayList<>();
        private final List<String> fields = new ArrayList<>();
        private final List<byte[]> salts = new ArrayList<>();
        private final List<String> values = new ArrayList<>();
        private Head head;

        Rows(Head head) {
            this.head = head;
        }

        void add(Prepared prepared, Instant now) {
            AuditEntry entry = prepared.entry();
            AuditLeaf leaf =
                    new AuditLeaf(
                            head.sequence() + 1,
                            now,
                            entry.kind(),
                            entry.actor(),
                            entry.facts(),
                            prepared.commitments());
            String text = leaf.text();
            Digest leafHash = AuditHash.leaf(text);
            head =
                    new Head(
                            leaf.sequence(),
                            AuditHash.chain(head.chainHash(), leaf.sequence(), leafHash));
            leaves.add(leaf);
            texts.add(text);
            leafHashes.add(leafHash.bytes());
            chainHashes.add(head.chainHash().bytes());
            prepared.salts()
                    .forEach((field, salt) -> {
                        personOf.add(leaf.sequence());
                        fields.add(field);
                        salts.add(salt);
                        values.add(entry.personal().getOrDefault(field, ""));
                    });
        }

        void insert(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                Columns columns = new Columns(connection, statement);
                columns.longs(personOf.stream());
                columns.texts(fields.stream());
                columns.bytes(salts.stream());
                columns.texts(values.stream());
                columns.longs(leaves.stream().map(AuditLeaf::sequence));
                columns.texts(leaves.stream().map(l -> l.at().atOffset(ZoneOffset.UTC).toString()));
                columns.texts(leaves.stream().map(AuditLeaf::kind));
                columns.texts(leaves.stream().map(AuditLeaf::actor));
                columns.texts(leaves.stream().map(l -> l.facts().get("changeSet")));
                columns.texts(leaves.stream().map(l -> l.facts().get("environment")));
                columns.texts(texts.stream());
                columns.bytes(leafHashes.stream());
                columns.bytes(chainHashes.stream());
                statement.executeUpdate();
            }
        }
    }
}
