/// MCP tools, resources and prompts: thin. Reads arguments, calls the manager, writes the answer.
/// Decides nothing and has no way to decide an approval. The only package that knows the MCP
/// library.
@NullMarked
package dev.devopspack.mcp;

import org.jspecify.annotations.NullMarked;
