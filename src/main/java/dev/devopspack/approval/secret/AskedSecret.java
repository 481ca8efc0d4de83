package dev.devopspack.approval.secret;

import dev.devopspack.identity.PersonId;
import java.time.Instant;
import java.util.List;

/// A request with where it stands.
///
/// @param status as stored; {@link #statusAt} tells what time has made of it
/// @param approvers who approved so far, in order
/// @param sealed the SHA-256 of what was typed and sealed, in hexadecimal digits, else empty
/// @param note why it was denied, else empty
public record AskedSecret(
        SecretRequest request,
        Status status,
        List<PersonId> approvers,
        String sealed,
        String note,
        Instant changedAt) {

    public AskedSecret {
        approvers = List.copyOf(approvers);
    }

    public enum Status {
        /// Waits for people.
        PENDING,
        /// Made, or revoked where that was asked for.
        DONE,
        DENIED,
        EXPIRED
    }

    public Status statusAt(Instant now) {
        return status == Status.PENDING && !now.isBefore(request.decideBy())
                ? Status.EXPIRED
                : status;
    }

    /// Whether a person must still type the value.
    public boolean wantsValue() {
        return request.spec().flow() == SecretFlow.TYPED
                && request.spec().operation() != SecretOperation.REVOKE
                && sealed.isEmpty();
    }
}
