/// People's decisions: the approval policy, requests, challenges, quorum, grants and their
/// verification, single use. Judges no files and knows no HTTP. When anything is missing, late or
/// not understood the answer is a refusal. What was signed once must verify for ever: see
/// `docs/formats.md`.
@NullMarked
package dev.devopspack.approval;

import org.jspecify.annotations.NullMarked;
