package dev.devopspack.adapter.database;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.gate.VerdictStore;
import dev.devopspack.gate.Verdicts;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Verdicts in PostgreSQL, each judging kept beside the earlier ones.
@ApplicationScoped
@Transactional
class StoredVerdicts implements VerdictStore, PanacheRepositoryBase<VerdictRow, Long> {

    /// A page shows what was judged lately; reading more documents than this would hold it up.
    private static final int NEWEST = 2_000;

    private static final String DAYS =
            """
            select cast(at at time zone 'UTC' as date) as day_judged,
                   count(*),
                   count(*) filter (where not jsonb_path_exists(
                       cast(document as jsonb), '$.verdicts[*].status ? (@ == "FAILED")'))
            from (select at, document from verdicts order by position desc limit :newest) newest
            where at >= cast(:since as date)
            group by day_judged
            order by day_judged
            """;

    @Override
    public void store(ChangeSetId changeSet, Verdicts verdicts, Instant at) {
        VerdictRow row = new VerdictRow();
        row.changeSet = changeSet.value();
        row.digest = verdicts.digest().value();
        row.document = VerdictsDocument.write(verdicts);
        row.at = at;
        persist(row);
    }

    @Override
    public Optional<Verdicts> latest(ChangeSetId changeSet) {
        return find("changeSet", Sort.descending("position"), changeSet.value()).page(0, 1).stream()
                .findFirst()
                .map(row -> VerdictsDocument.read(row.document));
    }

    @Override
    @SuppressWarnings("unchecked") // a native query's rows
    public List<Day> days(LocalDate since) {
        List<Object[]> rows =
                getEntityManager()
                        .createNativeQuery(DAYS)
                        .setParameter("since", since)
                        .setParameter("newest", NEWEST)
                        .getResultList();
        return rows.stream()
                .map(row ->
                        new Day(
                                LocalDate.parse(row[0].toString()),
                                ((Number) row[1]).intValue(),
                                ((Number) row[2]).intValue()))
                .toList();
    }
}
