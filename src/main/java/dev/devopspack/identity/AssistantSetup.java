package dev.devopspack.identity;

import java.util.List;

/// How an assistant is told of this server: what to paste where, with the token in it.
///
/// @param client the assistant, for example `VS Code`
/// @param file where the text belongs; empty where it is a command to type
/// @param text a shell command or JSON, in one line
public record AssistantSetup(String client, String file, String text) {

    /// @param mcp the address of the MCP endpoint
    /// @param token the secret of an API token
    public static List<AssistantSetup> all(String mcp, String token) {
        return List.of(
                new AssistantSetup(
                        "Claude Code",
                        "",
                        "claude mcp add --transport http devops-pack %s --header \"Authorization: Bearer %s\""
                                .formatted(mcp, token)),
                new AssistantSetup(
                        "VS Code",
                        ".vscode/mcp.json",
                        "{\"servers\": {\"devops-pack\": {\"type\": \"http\", \"url\": \"%s\", \"headers\": {\"Authorization\": \"Bearer %s\"}}}}"
                                .formatted(mcp, token)),
                new AssistantSetup(
                        "Cursor",
                        "~/.cursor/mcp.json",
                        "{\"mcpServers\": {\"devops-pack\": {\"url\": \"%s\", \"headers\": {\"Authorization\": \"Bearer %s\"}}}}"
                                .formatted(mcp, token)));
    }
}
