package dev.devopspack.adapter.database;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.gate.VerdictStore;
import dev.devopspack.gate.Verdicts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Verdicts in PostgreSQL, each judging kept beside the earlier ones.
@ApplicationScoped
@Transactional
class StoredVerdicts implements VerdictStore {

    /// A page shows what was judged lately; reading more documents than this would hold it up.
    private static final int NEWEST = 2_000;

    private static final String DAYS =
            """
            select cast(at at time zone 'UTC' as date) as day_judged,
                   count(*) as judged,
                   count(*) filter (where not jsonb_path_exists(
                       cast(document as jsonb), '$.verdicts[*].status ? (@ == "FAILED")')) as passed
            from (select at, document from verdicts order by position desc limit :newest) newest
            where at >= cast(:since as date)
            group by day_judged
            order by day_judged
            """;

    private final Database database;

    StoredVerdicts(Database database) {
        this.database = database;
    }

    @Override
    public void store(ChangeSetId changeSet, Verdicts verdicts, Instant at) {
        database.sql(
                        """
                        insert into verdicts (change_set, digest, document, at)
                        values (:changeSet, :digest, :document, :at)
                        """)
                .with("changeSet", changeSet.value())
                .with("digest", verdicts.digest().value())
                .with("document", VerdictsDocument.write(verdicts))
                .with("at", at)
                .update();
    }

    @Override
    @Transactional(TxType.SUPPORTS)
    public Optional<Verdicts> latest(ChangeSetId changeSet) {
        return database.sql(
                        """
                        select document from verdicts where change_set = :changeSet
                        order by position desc limit 1
                        """)
                .with("changeSet", changeSet.value())
                .first(row -> VerdictsDocument.read(row.text("document")));
    }

    @Override
    public List<Day> days(LocalDate since) {
        return database.sql(DAYS)
                .with("since", since)
                .with("newest", NEWEST)
                .list(row ->
                        new Day(
                                row.date("day_judged"),
                                row.integer("judged"),
                                row.integer("passed")));
    }
}
