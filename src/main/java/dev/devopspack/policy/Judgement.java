package dev.devopspack.policy;

import org.jspecify.annotations.Nullable;

/// One rule's answer about one thing: what a control's state is made of.
///
/// @param resource its address, where it has one
/// @param line from 1; where the thing begins
public record Judgement(
        String rule, @Nullable String resource, String file, int line, Result result) {

    /// What a rule may answer.
    public enum Result {
        HELD,
        FAILED,
        /// The files do not tell.
        UNKNOWN
    }
}
