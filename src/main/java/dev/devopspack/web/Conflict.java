package dev.devopspack.web;

import dev.devopspack.approval.Refusal;

/// What was asked cannot be done as things stand: it is gone, taken or closed meanwhile.
final class Conflict extends RuntimeException {

    private final int status;
    private final Problem problem;

    private Conflict(int status, Problem problem) {
        super(problem.problem());
        this.status = status;
        this.problem = problem;
    }

    static Conflict missing(String where, String problem, String mend) {
        return new Conflict(404, Problem.of(where, problem, mend));
    }

    static Conflict closed(String where, String problem, String mend) {
        return new Conflict(409, Problem.of(where, problem, mend));
    }

    static Conflict forbidden(String where, String problem, String mend) {
        return new Conflict(403, Problem.of(where, problem, mend));
    }

    static Conflict tooMany(String where, String problem, String mend) {
        return new Conflict(429, Problem.of(where, problem, mend));
    }

    static Conflict of(Refusal refusal) {
        int status =
                switch (refusal.code()) {
                    case UNKNOWN_APPROVAL -> 404;
                    case BAD_INPUT -> 400;
                    case ASKED_TOO_OFTEN -> 429;
                    case NOT_ENTITLED, OWN_REQUEST, OTHER_CALLER -> 403;
                    case DENIED_BEFORE,
                            WRONG_STATUS,
                            OUT_OF_TIME,
                            POLICY_CHANGED,
                            DECIDED_BEFORE,
                            BAD_CHALLENGE,
                            BAD_ASSERTION,
                            OTHER_TEXT_SHOWN,
                            OTHER_DIGEST,
                            OTHER_ENVIRONMENT,
                            OTHER_FILES,
                            APPROVER_LOST,
                            HELD_BY_ANOTHER,
                            PAUSED,
                            NOT_REVIEWED,
                            WAIVER_ENDED ->
                            409;
                };
        return new Conflict(
                status,
                new Problem(
                        "approval",
                        refusal.problem(),
                        refusal.mend(),
                        null,
                        refusal.code().name()));
    }

    int status() {
        return status;
    }

    Problem problem() {
        return problem;
    }
}
