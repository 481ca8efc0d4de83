/// The server's signing keys, kept in files that only its user can read, or, those of grants, in a
/// key management service. Implements what `approval` declares. A private key never leaves this
/// package.
@NullMarked
package dev.devopspack.adapter.keys;

import org.jspecify.annotations.NullMarked;
