package dev.devopspack.review;

/// What stands in place of a value that is not shown.
final class Marks {

    static final String SENSITIVE = "(sensitive)";

    /// In the value after a change, where it differs from the one before.
    static final String SENSITIVE_CHANGED = "(sensitive, changed)";

    static final String UNKNOWN = "(known after apply)";

    private Marks() {}

    static String of(Datum.Unknown unknown) {
        return unknown.from().isEmpty()
                ? UNKNOWN
                : "(known after apply: " + Shown.sentence(unknown.from()) + ")";
    }

    static String of(Datum.Masked masked) {
        return masked.changed() ? SENSITIVE_CHANGED : SENSITIVE;
    }
}
