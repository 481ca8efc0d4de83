package dev.devopspack.policy;

import java.util.Locale;

/// How bad it is when a rule does not hold.
///
/// The weight is what one evaluation counts in the security gate's score: a critical one as much as
/// ten low ones, so that many trifles cannot hide a hole. Advice is shown and weighs nothing.
public enum Severity {
    CRITICAL(10),
    HIGH(7),
    MEDIUM(3),
    LOW(1),
    /// What is worth a thought although most good code does without it.
    INFO(0);

    private final int weight;

    Severity(int weight) {
        this.weight = weight;
    }

    public int weight() {
        return weight;
    }

    /// `critical`, `high`, `medium`, `low` or `info`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
