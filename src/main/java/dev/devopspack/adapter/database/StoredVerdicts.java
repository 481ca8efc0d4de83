package dev.devopspack.adapter.database;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.gate.VerdictStore;
import dev.devopspack.gate.Verdicts;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/// Verdicts in PostgreSQL, each judging kept beside the earlier ones.
@ApplicationScoped
@Transactional
class StoredVerdicts implements VerdictStore, PanacheRepositoryBase<VerdictRow, Long> {

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
}
