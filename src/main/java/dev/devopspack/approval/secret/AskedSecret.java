package dev.devopspack.approval.secret;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import java.time.Instant;
import java.util.List;

/// A request with where it stands.
///
/// @param status as stored; {@link #statusAt} tells what time has made of it
/// @param approvals that were given so far, in order
/// @param sealed the SHA-256 of what was typed and sealed, in hexadecimal digits, else empty
/// @param note why it was denied, else empty
public record AskedSecret(
        SecretRequest request,
        Status status,
        List<Approval> approvals,
        String sealed,
        String note,
        Instant changedAt) {

    public AskedSecret {
        approvals = List.copyOf(approvals);
    }

    /// That a person approved; whether it counts is looked at each time.
    ///
    /// @param act the signed act's name
    public record Approval(PersonId person, Digest act) {}

    /// Who approved so far, in order.
    public List<PersonId> approvers() {
        return approvals.stream().map(Approval::person).toList();
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

    /// What is to be done now, in a sentence.
    public String next(Instant now) {
        return switch (statusAt(now)) {
            case PENDING ->
                    wantsValue()
                            ? "Ask a person to type the value on the page; then an approver approves"
                                    + " it there."
                            : "Ask an approver to open the page; ask here again for the status.";
            case DENIED -> "It was denied: " + note + ". Change what the reason names.";
            case EXPIRED -> "Nobody decided in time. Ask again.";
            case DONE ->
                    request.spec().operation() == SecretOperation.REVOKE
                            ? "It is revoked here. Take it out of where it is used."
                            : madeNext();
        };
    }

    private String madeNext() {
        return switch (request.spec().flow()) {
            case CLUSTER ->
                    "Put the manifest where the cluster's other manifests are: External Secrets makes"
                            + " the value there.";
            case STORE ->
                    "Hand the files to whoever may write in Vault: the steps make the value there.";
            case SEALED, TYPED ->
                    "The sealed file may lie in a repository: only its recipient opens it.";
        };
    }
}
