/// Talks to GitHub's API as a GitHub App. Implements what `approval` declares; what is answered is
/// decided there.
@NullMarked
package dev.devopspack.adapter.github;

import org.jspecify.annotations.NullMarked;
