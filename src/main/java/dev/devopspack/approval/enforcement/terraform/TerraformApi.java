package dev.devopspack.approval.enforcement.terraform;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Reads a run's plan and tells the run what becomes of it.
public interface TerraformApi {

    /// Fetches the plan's JSON.
    ///
    /// @param storage the only other address that may be led on to; the token does not go there
    /// @throws IOException if it cannot be had
    byte[] plan(URI plan, @Nullable URI storage, String token) throws IOException;

    /// Answers the task.
    ///
    /// @param link where people read more
    /// @throws IOException if it cannot be told
    void answer(URI callback, String token, boolean passed, String message, String link)
            throws IOException;
}
