package dev.devopspack.policy;

import java.util.Locale;

/// How bad it is when a rule does not hold.
///
/// The weight is what one evaluation counts in the security gate's score: a critical one as much as
/// ten low ones, so that many trifles cannot hide a hole.
public enum Severity {
    CRITICAL(10),
    HIGH(7),
    MEDIUM(3),
    LOW(1);

    private final int weight;

    Severity(int weight) {
        this.weight = weight;
    }

    public int weight() {
        return weight;
    }

    /// `critical`, `high`, `medium` or `low`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
