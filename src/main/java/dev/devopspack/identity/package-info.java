/// People, roles, passkeys as stored, sessions and tokens: who somebody is and what he may do.
/// Decides nothing about change sets and knows no protocol. Secrets of its own (tokens, session
/// ids) are stored hashed only.
@NullMarked
package dev.devopspack.identity;

import org.jspecify.annotations.NullMarked;
