package dev.devopspack.adapter.database;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.ApprovalStore.Use;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;

/// The steps that move an approval on, each one SQL statement whose WHERE holds the whole
/// condition: of many racing callers one changes the row, the others change none.
@ApplicationScoped
class ApprovalSteps {

    private final EntityManager database;

    ApprovalSteps(EntityManager database) {
        this.database = database;
    }

    /// The index over live requests lets only one of a digest in.
    boolean begin(ApprovalRequest request) {
        return changesOne(
                database.createNativeQuery(
                                """
                                insert into approval_states
                                    (approval, digest, environment, status, decide_by, note,
                                     changed_at)
                                values (:id, :digest, :environment, 'PENDING', :until, '', :now)
                                on conflict (digest)
                                    where status in ('PENDING', 'APPROVED', 'RESERVED')
                                    do nothing
                                """)
                        .setParameter("id", request.id().value())
                        .setParameter("digest", request.digest().value())
                        .setParameter("environment", request.environment().value())
                        .setParameter("until", Moments.stored(request.decideBy()))
                        .setParameter("now", Moments.stored(request.createdAt())));
    }

    boolean approve(ApprovalId id, Window window, Instant now) {
        return changesOne(
                database.createQuery(
                                """
                                update ApprovalStateRow
                                set status = 'APPROVED', notBefore = :notBefore,
                                    executeBy = :executeBy, changedAt = :now
                                where approval = :id and status = 'PENDING' and decideBy > :now
                                """)
                        .setParameter("notBefore", Moments.stored(window.notBefore()))
                        .setParameter("executeBy", Moments.stored(window.executeBy()))
                        .setParameter("id", id.value())
                        .setParameter("now", Moments.stored(now)));
    }

    boolean end(ApprovalId id, List<Status> from, Status to, String note, Instant now) {
        return changesOne(
                database.createQuery(
                                """
                                update ApprovalStateRow
                                set status = :to, note = :note, changedAt = :now
                                where approval = :id and status in :from
                                """)
                        .setParameter("to", to.name())
                        .setParameter("note", note)
                        .setParameter("id", id.value())
                        .setParameter("from", from.stream().map(Status::name).toList())
                        .setParameter("now", Moments.stored(now)));
    }

    boolean reserve(Use use, Instant leaseUntil, Instant now) {
        return changesOne(
                bound(
                                """
                                update ApprovalStateRow
                                set status = 'RESERVED', caller = :caller, leaseUntil = :until,
                                    changedAt = :now
                                where approval = :id and digest = :digest
                                  and environment = :environment
                                  and (status = 'APPROVED'
                                       or status = 'RESERVED'
                                          and (caller = :caller or leaseUntil <= :now))
                                  and notBefore <= :now and executeBy > :now
                                """,
                                use,
                                now)
                        .setParameter("until", Moments.stored(leaseUntil)));
    }

    boolean release(ApprovalId id, String caller, Instant now) {
        return changesOne(
                database.createQuery(
                                """
                                update ApprovalStateRow
                                set status = 'APPROVED', caller = null, leaseUntil = null,
                                    changedAt = :now
                                where approval = :id and status = 'RESERVED' and caller = :caller
                                """)
                        .setParameter("id", id.value())
                        .setParameter("caller", caller)
                        .setParameter("now", Moments.stored(now)));
    }

    boolean consume(Use use, Instant now) {
        return changesOne(
                bound(
                        """
                        update ApprovalStateRow
                        set status = 'CONSUMED', caller = :caller, leaseUntil = :now,
                            changedAt = :now
                        where approval = :id and digest = :digest and environment = :environment
                          and (status = 'APPROVED'
                               or status = 'RESERVED'
                                  and (caller = :caller or leaseUntil <= :now))
                          and notBefore <= :now and executeBy > :now
                        """,
                        use,
                        now));
    }

    boolean reportOutcome(ApprovalId id, String caller, Status outcome, String note, Instant now) {
        return changesOne(
                database.createQuery(
                                """
                                update ApprovalStateRow
                                set status = :outcome, note = :note, changedAt = :now
                                where approval = :id and status = 'CONSUMED' and caller = :caller
                                """)
                        .setParameter("outcome", outcome.name())
                        .setParameter("note", note)
                        .setParameter("id", id.value())
                        .setParameter("caller", caller)
                        .setParameter("now", Moments.stored(now)));
    }

    private Query bound(String statement, Use use, Instant now) {
        return database.createQuery(statement)
                .setParameter("id", use.id().value())
                .setParameter("digest", use.digest().value())
                .setParameter("environment", use.environment().value())
                .setParameter("caller", use.caller())
                .setParameter("now", Moments.stored(now));
    }

    private boolean changesOne(Query statement) {
        return OneRow.changed(database, statement);
    }
}
