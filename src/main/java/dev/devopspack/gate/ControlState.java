package dev.devopspack.gate;

/// What is known of one control.
sealed interface ControlState {

    String why();

    record Satisfied(String why) implements ControlState {}

    record Violated(String why) implements ControlState {}

    /// @param why the predicate that says that there is nothing it is about
    record NotApplicable(String why) implements ControlState {}

    /// @param why who, why, until
    record Waived(String why) implements ControlState {}

    /// @param why who, why, until
    record Attested(String why) implements ControlState {}

    record NotEvaluated(String why) implements ControlState {}
}
