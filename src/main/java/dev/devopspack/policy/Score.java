package dev.devopspack.policy;

/// An exact share: `earned` of `possible`, so that nothing is rounded before it is compared.
public record Score(long earned, long possible) {

    public static final Score FULL = new Score(1, 1);
    public static final Score NONE = new Score(0, 1);

    public Score {
        if (possible <= 0 || earned < 0 || earned > possible) {
            throw new IllegalArgumentException(earned + " of " + possible + " is no share");
        }
    }

    /// Whether the share is at least `thresholdPercent`.
    public boolean reaches(int thresholdPercent) {
        return Math.multiplyExact(earned, 100L)
                >= Math.multiplyExact(possible, (long) thresholdPercent);
    }

    /// For show only; 0 to 100.
    public double percent() {
        return 100.0 * earned / possible;
    }

    /// Rounded down to one decimal, so that 94.99 never reads as 95.
    public String text() {
        long tenths = earned * 1_000 / possible;
        return tenths / 10 + "." + tenths % 10 + " %";
    }
}
