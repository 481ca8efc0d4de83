package dev.devopspack.web;

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

    int status() {
        return status;
    }

    Problem problem() {
        return problem;
    }
}
