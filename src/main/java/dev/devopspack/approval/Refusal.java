package dev.devopspack.approval;

/// Why something about an approval was not done: what is wrong, and what to do next.
///
/// @param code for programs
/// @param problem the fact
/// @param mend the next step
public record Refusal(Code code, String problem, String mend) {

    public enum Code {
        /// There is no such approval.
        UNKNOWN_APPROVAL,
        /// The same digest was denied before: that is final.
        DENIED_BEFORE,
        /// Not waiting for a decision, or not approved, or used before.
        WRONG_STATUS,
        /// One of the two clocks has run out, or has not begun.
        OUT_OF_TIME,
        /// The approval policy in force is another one than the request's.
        POLICY_CHANGED,
        /// The person may not decide, or the caller may not use grants.
        NOT_ENTITLED,
        /// The person is the human behind the request.
        OWN_REQUEST,
        /// The person decided before.
        DECIDED_BEFORE,
        /// The challenge is unknown, expired, used, or of another decision.
        BAD_CHALLENGE,
        /// The authenticator's answer does not prove the person's will.
        BAD_ASSERTION,
        /// What the browser displayed is not what is to be signed.
        OTHER_TEXT_SHOWN,
        /// What was given cannot be used.
        BAD_INPUT,
        /// The digest is not the approved one.
        OTHER_DIGEST,
        /// The environment is not the approved one.
        OTHER_ENVIRONMENT,
        /// A file or the plan is not the approved one.
        OTHER_FILES,
        /// Somebody who approved may not approve any more.
        APPROVER_LOST,
        /// Another caller holds the grant.
        HELD_BY_ANOTHER,
        /// An admin has paused this kind of work.
        PAUSED,
        /// The job that calls is not one that may use this grant.
        OTHER_CALLER,
        /// A waiver that the gates counted has ended: they must judge again.
        WAIVER_ENDED,
        /// The glass was broken before, and nobody has reviewed that use.
        NOT_REVIEWED,
        /// People were asked too often by the same requester: they would stop reading.
        ASKED_TOO_OFTEN
    }
}
