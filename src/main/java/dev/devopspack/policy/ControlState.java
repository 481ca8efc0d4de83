package dev.devopspack.policy;

/// What is known of one control.
public sealed interface ControlState {

    String why();

    /// SATISFIED, VIOLATED, NOT_APPLICABLE, WAIVED, ATTESTED or NOT_EVALUATED.
    default String label() {
        return switch (this) {
            case Satisfied _ -> "SATISFIED";
            case Violated _ -> "VIOLATED";
            case NotApplicable _ -> "NOT_APPLICABLE";
            case Waived _ -> "WAIVED";
            case Attested _ -> "ATTESTED";
            case NotEvaluated _ -> "NOT_EVALUATED";
        };
    }

    record Satisfied(String why) implements ControlState {}

    record Violated(String why) implements ControlState {}

    /// @param why the predicate that says that there is nothing it is about
    record NotApplicable(String why) implements ControlState {}

    /// @param why who, why, until
    record Waived(String why) implements ControlState {}

    /// @param why who, why, until
    record Attested(String why) implements ControlState {}

    /// @param why no rule can judge it, or the files do not tell
    record NotEvaluated(String why) implements ControlState {}
}
