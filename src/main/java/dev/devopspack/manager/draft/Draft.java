package dev.devopspack.manager.draft;

import java.util.Map;

/// What became of turning a request into typed input.
public sealed interface Draft {

    /// @param model the name of the model that wrote it
    /// @param rounds how often it was asked
    record Written(Map<String, Object> input, String model, int rounds) implements Draft {}

    /// @param why what was wrong with its last answer
    record GivenUp(String model, String why) implements Draft {}

    /// No model is configured.
    record NoModel() implements Draft {}
}
