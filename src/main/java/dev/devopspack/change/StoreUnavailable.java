package dev.devopspack.change;

/// The store cannot take or give anything now: it is away, full, or closed to this program. What
/// was to be done was not done; the same call works again once somebody mended the store.
public class StoreUnavailable extends RuntimeException {

    private final String where;
    private final String problem;
    private final String mend;

    /// @param where the part that does not work, for example `database`
    /// @param problem what it does not do, without what the database says of itself
    /// @param mend the next thing that an operator does
    public StoreUnavailable(String where, String problem, String mend, Throwable cause) {
        super(where + ": " + problem, cause);
        this.where = where;
        this.problem = problem;
        this.mend = mend;
    }

    public String where() {
        return where;
    }

    public String problem() {
        return problem;
    }

    public String mend() {
        return mend;
    }
}
