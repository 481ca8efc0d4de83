package dev.devopspack.identity;

/// Somebody asked for what he may not do. Says what, and which way is open.
public final class NotAllowed extends RuntimeException {

    private final String problem;
    private final String mend;

    public NotAllowed(String problem, String mend) {
        super(problem + ". " + mend);
        this.problem = problem;
        this.mend = mend;
    }

    public String problem() {
        return problem;
    }

    public String mend() {
        return mend;
    }
}
