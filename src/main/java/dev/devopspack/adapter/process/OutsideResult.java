package dev.devopspack.adapter.process;

/// How a program ended.
public sealed interface OutsideResult {

    /// It ended by itself.
    record Finished(int exitCode, String output, String errors) implements OutsideResult {}

    /// We ended it, with everything that it had started.
    ///
    /// @param why the limit that it reached, as a sentence without a full stop
    record Stopped(String why) implements OutsideResult {}

    record NotStarted(String why) implements OutsideResult {}
}
