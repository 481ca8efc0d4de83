package dev.devopspack.mcp;

/// What a tool asks of its caller: roles of tokens only. A signed-in person's session has none of
/// them, and a token has none that a decision asks for.
final class Roles {

    static final String VIEWER = "token:VIEWER";
    static final String AUDITOR = "token:AUDITOR";
    static final String REQUESTER = "token:REQUESTER";

    private Roles() {}
}
