package dev.devopspack.approval;

import dev.devopspack.change.Digest;

/// The exact text that a person reads and signs.
///
/// @param version of the renderer that made it, for example `devops-pack/review/v1`
/// @param text plain text, line ends `\n`
public record Rendering(String version, String text) {

    /// The digest of the text's UTF-8 form: what the browser computes from what it displays.
    public Digest digest() {
        return Digest.of(text);
    }
}
