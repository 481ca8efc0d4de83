package dev.devopspack.adapter.database;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLeaf;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Digest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
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
class AuditRows implements PanacheRepositoryBase<AuditRow, Long> {

    /// Stands for an entry whose columns are none that we ever wrote.
    private static final AuditEntry DAMAGED = AuditEntry.of("log.damaged", "system", Map.of());

    private final EntityManager database;

    AuditRows(EntityManager database) {
        this.database = database;
    }

    List<StoredEntry> read(long after, int limit) {
        return entries(
                find("sequence > ?1", Sort.ascending("sequence"), after).page(0, limit).list());
    }

    List<StoredEntry> search(AuditQuery query) {
        Map<String, Object> wanted = new TreeMap<>();
        put(wanted, "kind = :kind", query.kind());
        put(wanted, "actor = :actor", query.actor());
        put(wanted, "changeSet = :changeSet", query.changeSet());
        put(wanted, "environment = :environment", query.environment());
        put(wanted, "at >= :from", query.from());
        put(wanted, "at < :until", query.until());
        put(wanted, "sequence < :before", query.before());
        put(wanted, "sequence > :beginning", 0L);
        Parameters parameters = new Parameters();
        wanted.forEach((condition, value) ->
                parameters.and(condition.substring(condition.indexOf(':') + 1), value));
        String where = String.join(" and ", wanted.keySet());
        if (query.agent() != null) {
            // The leaf is canonical JSON: a fact stands in it in exactly one way.
            where += " and (locate(:received, leaf) > 0 or locate(:wrote, leaf) > 0)";
            parameters.and("received", "\"agent\":\"" + query.agent() + "\"");
            parameters.and("wrote", "\"origin\":\"" + query.agent() + "/");
        }
        return entries(
                find(where, Sort.descending("sequence"), parameters).page(0, query.limit()).list());
    }

    long erasePersonal(long sequence) {
        return database.createQuery("delete from AuditPersonalRow where sequence = :sequence")
                .setParameter("sequence", sequence)
                .executeUpdate();
    }

    long erasePersonalOf(String actor) {
        return database.createQuery(
                        "delete from AuditPersonalRow where sequence in"
                                + " (select e.sequence from AuditRow e where e.actor = :actor)")
                .setParameter("actor", actor)
                .executeUpdate();
    }

    long erasePersonalBefore(Instant before) {
        return database.createQuery(
                        "delete from AuditPersonalRow where sequence in"
                                + " (select e.sequence from AuditRow e where e.at < :before)")
                .setParameter("before", before)
                .executeUpdate();
    }

    private static <T> void put(Map<String, T> map, String key, @Nullable T value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private List<StoredEntry> entries(List<AuditRow> rows) {
        Map<Long, List<AuditPersonalRow>> personal =
                database.createQuery(
                                "from AuditPersonalRow where sequence in :sequences",
                                AuditPersonalRow.class)
                        .setParameter("sequences", rows.stream().map(row -> row.sequence).toList())
                        .getResultStream()
                        .collect(Collectors.groupingBy(row -> row.sequence));
        return rows.stream()
                .map(row -> entry(row, personal.getOrDefault(row.sequence, List.of())))
                .toList();
    }

    private static StoredEntry entry(AuditRow row, List<AuditPersonalRow> personal) {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> salts = new TreeMap<>();
        for (AuditPersonalRow field : personal) {
            values.put(field.field, field.value);
            salts.put(field.field, HexFormat.of().formatHex(field.salt));
        }
        return new StoredEntry(
                row.sequence,
                row.at,
                appended(row, values),
                row.leaf,
                digest(row.leafHash),
                digest(row.chainHash),
                salts);
    }

    private static AuditEntry appended(AuditRow row, Map<String, String> personal) {
        Map<String, String> facts =
                new TreeMap<>(AuditLeaf.parse(row.leaf).map(AuditLeaf::facts).orElse(Map.of()));
        // Those that are searched for, as their columns have them.
        facts.remove("changeSet");
        facts.remove("environment");
        put(facts, "changeSet", row.changeSet);
        put(facts, "environment", row.environment);
        try {
            return new AuditEntry(row.kind, row.actor, facts, personal);
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
