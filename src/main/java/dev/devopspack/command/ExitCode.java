package dev.devopspack.command;

/// What the commands end with.
final class ExitCode {

    static final int OK = 0;

    /// The server, the network or the machine failed.
    static final int FAILURE = 1;

    /// A gate failed, a check did not hold, a grant was refused.
    static final int REFUSED = 2;

    /// The input or the arguments are wrong (`EX_USAGE` of sysexits).
    static final int BAD_INPUT = 64;

    private ExitCode() {}
}
