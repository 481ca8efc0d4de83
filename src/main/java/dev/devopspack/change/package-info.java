/// Change sets: artifacts, the manifest with its canonical form and digest, stacks and given plans.
/// Values and the store's interface; what judges, approves or prints them lives further out. What
/// was digested once must digest alike for ever: see `docs/formats.md`.
@NullMarked
package dev.devopspack.change;

import org.jspecify.annotations.NullMarked;
