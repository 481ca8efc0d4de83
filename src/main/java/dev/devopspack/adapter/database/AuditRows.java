package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the log. Searchable columns are taken as they stand, so that a verifier sees where one of
/// them no longer says what was hashed.
@ApplicationScoped
class AuditRows {

    /// Stands for an entry whose columns are none that we ever wrote.
    private static final AuditEntry DAMAGED = AuditEntry.of("log.damaged", "system", Map.of());

    private static final String ENTRIES =
            """
            select sequence, at, kind, actor, change_set, environment, leaf, leaf_hash, chain_hash
            from audit_entries
            """;

    /// @param parameter without which it does not apply
    private record Condition(String parameter, String text) {}

    /// strpos and not LIKE: what is looked for may hold a percent sign.
    private static final List<Condition> CONDITIONS =
            List.of(
                    new Condition("kind", "kind = :kind"),
                    new Condition("actor", "actor = :actor"),
                    new Condition("changeSet", "change_set = :changeSet"),
                    new Condition("environment", "environment = :environment"),
                    new Condition("from", "at >= :from"),
                    new Condition("until", "at < :until"),
                    new Condition("before", "sequence < :before"),
                    new Condition(
                            "received",
                            "(strpos(leaf, :received) > 0 or strpos(leaf, :wrote) > 0)"));

    private static final String PERSONAL =
            """
            select sequence, field, value, salt
            from audit_personal
            """;

    private final Database database;

    AuditRows(Database database) {
        this.database = database;
    }

    List<StoredEntry> read(long after, int limit) {
        return entries(
                database.sql(ENTRIES + " where sequence > :after order by sequence limit :limit")
                        .with("after", after)
                        .with("limit", limit));
    }

    List<StoredEntry> search(AuditQuery query) {
        Map<String, Object> values = new TreeMap<>();
        put(values, "kind", query.kind());
        put(values, "actor", query.actor());
        put(values, "changeSet", query.changeSet());
        put(values, "environment", query.environment());
        put(values, "from", query.from());
        put(values, "until", query.until());
        put(values, "before", query.before());
        if (query.agent() != null) {
            // The leaf is canonical JSON: a fact stands in it in exactly one way.
            put(values, "received", "\"agent\":\"" + query.agent() + "\"");
            put(values, "wrote", "\"origin\":\"" + query.agent() + "/");
        }
        String where =
                CONDITIONS.stream()
                        .filter(condition -> values.containsKey(condition.parameter()))
                        .map(Condition::text)
                        .collect(Collectors.joining(" and "));
        Sql search =
                database.sql(
                        ENTRIES
                                + (where.isEmpty() ? "" : " where " + where)
                                + " order by sequence desc limit :limit");
        values.forEach(search::with);
        return entries(search.with("limit", query.limit()));
    }

    long erasePersonal(long sequence) {
        return database.sql("delete from audit_personal where sequence = :sequence")
                .with("sequence", sequence)
                .update();
    }

    long erasePersonalOf(String actor) {
        return database.sql(
                        """
                        delete from audit_personal where sequence in
                            (select sequence from audit_entries where actor = :actor)
                        """)
                .with("actor", actor)
                .update();
    }

    long erasePersonalBefore(Instant before) {
        return database.sql(
                        """
                        delete from audit_personal where sequence in
                            (select sequence from audit_entries where at < :before)
                        """)
                .with("before", before)
                .update();
    }

    private static <T> void put(Map<String, T> map, String key, @Nullable T value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    /// A line of the log as its columns have it.
    private record Line(
            long sequence,
            Instant at,
            String kind,
            String actor,
            @Nullable String changeSet,
            @Nullable String environment,
            String leaf,
            Digest leafHash,
            Digest chainHash) {

        static Line of(Row row) {
            return new Line(
                    row.number("sequence"),
                    row.instant("at"),
                    row.text("kind"),
                    row.text("actor"),
                    row.optionalText("change_set"),
                    row.optionalText("environment"),
                    row.text("leaf"),
                    digest(row.bytes("leaf_hash")),
                    digest(row.bytes("chain_hash")));
        }
    }

    /// A personal field in clear, with the salt of its commitment, as long as nobody erased it.
    private record Personal(long sequence, String field, String value, String salt) {

        static Personal of(Row row) {
            return new Personal(
                    row.number("sequence"),
                    row.text("field"),
                    row.text("value"),
                    HexFormat.of().formatHex(row.bytes("salt")));
        }
    }

    private List<StoredEntry> entries(Sql query) {
        List<Line> lines = query.list(Line::of);
        if (lines.isEmpty()) {
            return List.of();
        }
        Map<Long, List<Personal>> personal =
                database
                        .sql(PERSONAL + " where sequence = any(:sequences)")
                        .withNumbers("sequences", lines.stream().map(Line::sequence).toList())
                        .list(Personal::of)
                        .stream()
                        .collect(Collectors.groupingBy(Personal::sequence));
        return lines.stream()
                .map(line -> entry(line, personal.getOrDefault(line.sequence(), List.of())))
                .toList();
    }

    private static StoredEntry entry(Line line, List<Personal> personal) {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> salts = new TreeMap<>();
        for (Personal field : personal) {
            values.put(field.field(), field.value());
            salts.put(field.field(), field.salt());
        }
        return new StoredEntry(
                line.sequence(),
                line.at(),
                appended(line, values),
                line.leaf(),
                line.leafHash(),
                line.chainHash(),
                salts);
    }

    private static AuditEntry appended(Line line, Map<String, String> personal) {
        Map<String, String> facts =
                new TreeMap<>(AuditLeaf.parse(line.leaf()).map(AuditLeaf::facts).orElse(Map.of()));
        // Those that are searched for, as their columns have them.
        facts.remove("changeSet");
        facts.remove("environment");
        put(facts, "changeSet", line.changeSet());
        put(facts, "environment", line.environment());
        try {
            return new AuditEntry(line.kind(), line.actor(), facts, personal);
        } catch (IllegalArgumentException e) {
            return DAMAGED;
        }
    }

    private static Digest digest(byte[] hash) {
        return hash.length == AuditHash.BEGINNING.bytes().length
                ? Digest.ofHash(hash)
                : AuditHash.BEGINNING;
    }
}
