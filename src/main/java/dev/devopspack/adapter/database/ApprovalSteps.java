package dev.devopspack.adapter.database;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Approval.Window;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.ApprovalStore.Use;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/// The steps that move an approval on, each one SQL statement whose WHERE holds the whole
/// condition: of many racing callers one changes the row, the others change none.
@ApplicationScoped
class ApprovalSteps {

    private final Database database;

    ApprovalSteps(Database database) {
        this.database = database;
    }

    /// The index over live requests lets only one of a digest in.
    boolean begin(ApprovalRequest request) {
        return database.sql(
                        """
                        insert into approval_states
                            (approval, digest, environment, status, decide_by, note,
                             changed_at)
                        values (:id, :digest, :environment, 'PENDING', :until, '', :now)
                        on conflict (digest)
                            where status in ('PENDING', 'APPROVED', 'RESERVED')
                            do nothing
                        """)
                .with("id", request.id().value())
                .with("digest", request.digest().value())
                .with("environment", request.environment().value())
                .with("until", request.decideBy())
                .with("now", request.createdAt())
                .changesOne();
    }

    boolean approve(ApprovalId id, Window window, Instant now) {
        return database.sql(
                        """
                        update approval_states
                        set status = 'APPROVED', not_before = :notBefore,
                            execute_by = :executeBy, changed_at = :now
                        where approval = :id and status = 'PENDING' and decide_by > :now
                        """)
                .with("notBefore", window.notBefore())
                .with("executeBy", window.executeBy())
                .with("id", id.value())
                .with("now", now)
                .changesOne();
    }

    boolean end(ApprovalId id, List<Status> from, Status to, String note, Instant now) {
        return database.sql(
                        """
                        update approval_states
                        set status = :to, note = :note, changed_at = :now
                        where approval = :id and status = any(:from)
                        """)
                .with("to", to.name())
                .with("note", note)
                .with("id", id.value())
                .withTexts("from", from.stream().map(Status::name).toList())
                .with("now", now)
                .changesOne();
    }

    boolean reserve(Use use, Instant leaseUntil, Instant now) {
        return bound(
                        """
                        update approval_states
                        set status = 'RESERVED', caller = :caller, lease_until = :until,
                            changed_at = :now
                        where approval = :id and digest = :digest
                          and environment = :environment
                          and (status = 'APPROVED'
                               or status = 'RESERVED'
                                  and (caller = :caller or lease_until <= :now))
                          and not_before <= :now and execute_by > :now
                        """,
                        use,
                        now)
                .with("until", leaseUntil)
                .changesOne();
    }

    boolean release(ApprovalId id, String caller, Instant now) {
        return database.sql(
                        """
                        update approval_states
                        set status = 'APPROVED', caller = null, lease_until = null,
                            changed_at = :now
                        where approval = :id and status = 'RESERVED' and caller = :caller
                        """)
                .with("id", id.value())
                .with("caller", caller)
                .with("now", now)
                .changesOne();
    }

    boolean consume(Use use, Instant now) {
        return bound(
                        """
                        update approval_states
                        set status = 'CONSUMED', caller = :caller, lease_until = :now,
                            changed_at = :now
                        where approval = :id and digest = :digest and environment = :environment
                          and (status = 'APPROVED'
                               or status = 'RESERVED'
                                  and (caller = :caller or lease_until <= :now))
                          and not_before <= :now and execute_by > :now
                        """,
                        use,
                        now)
                .changesOne();
    }

    boolean reportOutcome(ApprovalId id, String caller, Status outcome, String note, Instant now) {
        return database.sql(
                        """
                        update approval_states
                        set status = :outcome, note = :note, changed_at = :now
                        where approval = :id and status = 'CONSUMED' and caller = :caller
                        """)
                .with("outcome", outcome.name())
                .with("note", note)
                .with("id", id.value())
                .with("caller", caller)
                .with("now", now)
                .changesOne();
    }

    private Sql bound(String statement, Use use, Instant now) {
        return database.sql(statement)
                .with("id", use.id().value())
                .with("digest", use.digest().value())
                .with("environment", use.environment().value())
                .with("caller", use.caller())
                .with("now", now);
    }
}
