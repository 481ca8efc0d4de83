package dev.devopspack.approval;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request with where it stands.
///
/// @param status as stored; {@link #statusAt} tells what time has made of it
/// @param decisions in the order in which they were made
/// @param window when the grant may be used, once there is one
/// @param reservation who holds it, where somebody does or did
/// @param note why it ended as it did: the reason of a denial, a revocation or a failure; else
///   empty
/// @param changedAt when the status was last changed
public record Approval(
        ApprovalRequest request,
        Status status,
        List<Decision> decisions,
        @Nullable Window window,
        @Nullable Reservation reservation,
        String note,
        Instant changedAt) {

    public Approval {
        decisions = List.copyOf(decisions);
    }

    public enum Status {
        /// Waits for people.
        PENDING,
        /// Enough people approved; the grant may be reserved and consumed.
        APPROVED,
        /// A pipeline holds it for the time of a lease.
        RESERVED,
        /// A pipeline used it. It cannot be used again.
        CONSUMED,
        SUCCEEDED,
        FAILED,
        /// The pipeline does not know how it went: counts as released.
        UNKNOWN,
        DENIED,
        EXPIRED,
        REVOKED;

        /// Whether the request can still lead to a release.
        public boolean live() {
            return switch (this) {
                case PENDING, APPROVED, RESERVED -> true;
                case CONSUMED, SUCCEEDED, FAILED, UNKNOWN, DENIED, EXPIRED, REVOKED -> false;
            };
        }
    }

    /// When a grant may be used: from `notBefore`, and before `executeBy`.
    public record Window(Instant notBefore, Instant executeBy) {

        public boolean contains(Instant now) {
            return !now.isBefore(notBefore) && now.isBefore(executeBy);
        }
    }

    /// @param caller who holds or used it: a principal's actor, for example `token:ID`
    /// @param leaseUntil when others may take it again; meaningless once consumed
    public record Reservation(String caller, Instant leaseUntil) {}

    /// The status at an instant: a live request whose clock has run out is EXPIRED, a reservation
    /// whose lease has run out is APPROVED again.
    public Status statusAt(Instant now) {
        return switch (status) {
            case PENDING -> now.isBefore(request.decideBy()) ? status : Status.EXPIRED;
            case APPROVED -> usable(now) ? status : Status.EXPIRED;
            case RESERVED -> {
                if (!usable(now)) {
                    yield Status.EXPIRED;
                }
                yield reservation != null && now.isBefore(reservation.leaseUntil())
                        ? status
                        : Status.APPROVED;
            }
            case CONSUMED, SUCCEEDED, FAILED, UNKNOWN, DENIED, EXPIRED, REVOKED -> status;
        };
    }

    private boolean usable(Instant now) {
        return window != null && now.isBefore(window.executeBy());
    }

    /// How many people approved.
    public long approvals() {
        return decisions.stream().filter(d -> d.choice() == Decision.Choice.APPROVE).count();
    }
}
