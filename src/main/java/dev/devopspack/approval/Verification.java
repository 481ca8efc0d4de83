package dev.devopspack.approval;

import java.util.List;

/// What checking a grant gave.
public sealed interface Verification {

    /// Everything that can be checked without the server holds.
    ///
    /// @param notes what was **not** proven: always that nobody used the grant before
    record Verified(Grant grant, List<String> notes) implements Verification {

        public Verified {
            notes = List.copyOf(notes);
        }
    }

    /// @param problems at least one; all that were found
    record Rejected(List<Problem> problems) implements Verification {

        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /// One reason why a grant does not hold.
    ///
    /// @param where the file, the person or the part of the grant
    record Problem(Code code, String where, String problem, String mend) {

        public String text() {
            return where + ": " + problem + ". " + mend;
        }
    }

    enum Code {
        /// No grant of this format, or its parts do not fit each other.
        BAD_GRANT,
        /// Signed by no key that is pinned.
        UNKNOWN_KEY,
        /// The server's signature does not fit.
        BAD_SERVER_SIGNATURE,
        /// Signed at a time when the key did not sign.
        KEY_OUT_OF_TIME,
        EXPIRED,
        NOT_YET_VALID,
        OTHER_ENVIRONMENT,
        FILE_CHANGED,
        FILE_MISSING,
        FILE_EXTRA,
        PLAN_CHANGED,
        /// A person's signature does not prove that he approved this.
        BAD_ASSERTION,
        /// Signed with a passkey that is not pinned for this person.
        UNKNOWN_APPROVER,
        /// Made for another site than the pinned one.
        OTHER_SITE,
        QUORUM_NOT_MET,
        /// Nothing shows that the audit log holds a person's decision.
        NOT_IN_LOG
    }
}
