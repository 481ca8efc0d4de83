/// The server's signing keys, kept in files that only its user can read. Implements what `approval`
/// declares; another implementation may reach a key management service. A private key never leaves
/// this package.
@NullMarked
package dev.devopspack.adapter.keys;

import org.jspecify.annotations.NullMarked;
