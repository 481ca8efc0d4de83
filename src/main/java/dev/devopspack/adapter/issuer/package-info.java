/// Fetches the public keys of those who vouch for pipelines. Implements what `identity` declares;
/// what a key proves is decided there.
@NullMarked
package dev.devopspack.adapter.issuer;

import org.jspecify.annotations.NullMarked;
