package dev.devopspack.policy.condition;

/// How much work is left for conditions: each turn of a macro takes some, and functions may take
/// what they cost. For one thread.
public final class Turns {

    /// A rule looks at the blocks of one resource and the resources of one module; what turns more
    /// often than this does not end in time.
    private static final int MAX_TURNS = 20_000;

    private int left;

    /// For one condition of a rule.
    public Turns() {
        this(MAX_TURNS);
    }

    public Turns(int most) {
        this.left = most;
    }

    /// Takes what something costs.
    ///
    /// @return whether there was as much left; where there was not, nothing is
    public boolean take(int cost) {
        boolean enough = cost <= left;
        left = enough ? left - cost : -1;
        return enough;
    }

    public boolean areUsedUp() {
        return left < 0;
    }
}
